using System.Text.RegularExpressions;

namespace SpladeLucene.Tool.Completing;

/// <summary>What the scripts of <c>splade completion</c> ask: <c>[suggest:POSITION]</c>, and the line that is typed.</summary>
internal static partial class Suggestions
{
    /// <summary>Whether that is asked.</summary>
    public static bool AreAsked(IReadOnlyList<string> args) => args.Count > 0 && args[0].StartsWith("[suggest", StringComparison.Ordinal);

    /// <summary>The same with an option and its value as two words in the place of <c>--option=value</c>, whose completion throws. The
    /// line stays as long as it is.</summary>
    public static IReadOnlyList<string> Apart(IReadOnlyList<string> args) =>
        AreAsked(args) ? [.. args.Select(word => OptionWithValue().Replace(word, "${option} "))] : args;

    /// <summary>Asks <paramref name="suggest"/>; what it can't answer is refused.</summary>
    public static async Task<int> RunAsync(ToolConsole console, Func<Task<int>> suggest)
    {
        try
        {
            return await suggest().ConfigureAwait(false);
        }
        catch (Exception bad) when (bad is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            console.Ended("refused", "Words are completed by [suggest:POSITION] and a line, as the scripts of 'splade completion' ask for them.");
            return ExitCode.Refused;
        }
    }

    [GeneratedRegex(@"(?<option>\s--?[\w-]+)=(?=\S*$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OptionWithValue();
}
