using System.Reflection;
using Lucene.Net.Index;

namespace SpladeLucene.Tool;

/// <summary>What libraries say, in the words of the command.</summary>
internal static class Sentences
{
    /// <summary>An exception's message. What a parameter is called says nothing to who gave an option.</summary>
    public static string WithoutParameter(Exception bad) => bad is ArgumentException { ParamName: { } name }
        ? bad.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : bad.Message;

    /// <summary>What nobody expected, in one line.</summary>
    public static string OfUnexpected(Exception failed)
    {
        // What only wraps says nothing of the reason.
        while (failed is TypeInitializationException or TargetInvocationException or AggregateException or MergePolicy.MergeException
            && failed.InnerException is { } inner) failed = inner;
        return $"It failed with {failed.GetType().Name}: {string.Join(' ', failed.Message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}";
    }
}
