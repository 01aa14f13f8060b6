using System.CommandLine;
using SpladeLucene.Naming;

namespace SpladeLucene.Tool.Usage;

/// <summary>What is wrong with a line that says no command, or says one wrongly.</summary>
internal static class Refusal
{
    /// <summary>The reasons, each a sentence. A word that means nothing comes alone: what else is wrong often comes from it, as an
    /// option that is missing since it is misspelt.</summary>
    public static string[] SentencesOf(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return parsed.UnmatchedTokens.OrderByDescending(IsOption).FirstOrDefault() is { } unknown
            ? [$"'{PathOf(command)}' knows no '{unknown}'{NearestName.Hint(unknown, NamesIn(command, IsOption(unknown)))}{Unquoted(command, unknown)}."]
            : [.. parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A command as it is typed.</summary>
    public static string PathOf(Symbol command) => command.Parents.FirstOrDefault() is { } parent
        ? $"{PathOf(parent)} {command.Name}" : "splade";

    // Loose words are a text whose quotation marks were forgotten.
    private static string Unquoted(Command command, string unknown) =>
        !IsOption(unknown) && command.Arguments.LastOrDefault()?.Name is "QUERY" or "TEXT"
            ? $"; a {command.Arguments[^1].Name} of several words stands in quotation marks" : "";

    private static bool IsOption(string word) => word.StartsWith('-');

    private static string[] NamesIn(Command command, bool options) => options
        ? [.. command.Options.Concat(Above(command).SelectMany(above => above.Options.Where(option => option.Recursive)))
            .Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name))]
        : [.. command.Subcommands.Where(below => !below.Hidden).Select(below => below.Name)];

    private static IEnumerable<Command> Above(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => Above(parent).Prepend(parent));
}
