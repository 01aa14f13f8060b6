using System.CommandLine;
using System.CommandLine.Completions;
using Lucene.Net.Index;
using SpladeLucene.Tool.Searching;

namespace SpladeLucene.Tool.Completing;

/// <summary>Completes options that name fields by those of the index that was named before.</summary>
internal static class FieldNames
{
    /// <summary>Has the options complete what they name.</summary>
    public static void Complete(Argument<string> index, params IReadOnlyList<Option> options)
    {
        foreach (Option option in options) option.CompletionSources.Add(context => Of(context, index));
    }

    // Whatever is wrong with the index is for the command itself to tell.
    private static IEnumerable<CompletionItem> Of(CompletionContext context, Argument<string> index)
    {
        try
        {
            using OpenedIndex opened = OpenedIndex.Open(context.ParseResult.GetValue(index) ?? "");
            return [.. MultiFields.GetMergedFieldInfos(opened.Reader).Select(field => new CompletionItem(field.Name))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            return [];
        }
    }
}
