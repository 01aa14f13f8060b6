using System.CommandLine;
using System.CommandLine.Parsing;

namespace SpladeLucene.Tool.Usage;

/// <summary>What no folder, file, field or model is called is refused for every command alike, before anything is looked for.</summary>
internal static class CheckedWords
{
    // What is asked may be anything, and finds nothing; all terms begin with nothing.
    private static readonly string[] AreAsked = ["QUERY", "TEXT", "--terms"];

    /// <summary>Adds the check to all arguments and options that a command takes words for, and those below it.</summary>
    public static void AddTo(Command command)
    {
        foreach (Argument argument in command.Arguments.Where(one => !AreAsked.Contains(one.Name, StringComparer.Ordinal)))
            argument.Validators.Add(result => Check(result, result.Tokens, argument.Name));
        foreach (Option option in command.Options.Where(one => !AreAsked.Contains(one.Name, StringComparer.Ordinal)))
            option.Validators.Add(result => Check(result, result.Tokens, option.Name));
        foreach (Command below in command.Subcommands) AddTo(below);
    }

    private static void Check(SymbolResult result, IReadOnlyList<Token> words, string name)
    {
        foreach (string word in words.Select(token => token.Value))
        {
            if (word.Contains('\0', StringComparison.Ordinal)) result.AddError($"{name} has a NUL character in it.");
            else if (string.IsNullOrWhiteSpace(word))
                result.AddError($"{name} is empty.");
        }
    }
}
