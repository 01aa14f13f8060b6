using System.CommandLine;
using System.CommandLine.Parsing;

namespace SpladeLucene.Tool.Usage;

/// <summary>Checks of values that are what their options take.</summary>
internal static class Checks
{
    /// <summary>Checks what a command's options say together.</summary>
    public static void AddCheck(this Command command, Action<CommandResult> check) => command.Validators.Add(result => IfTheyAreValues(result, check));

    /// <summary>Checks an option's value.</summary>
    public static void AddCheck(this Option option, Action<OptionResult> check) => option.Validators.Add(result => IfTheyAreValues(result, check));

    // An option without its value, or with a word for a number, is told of by itself; asking for the value throws.
    private static void IfTheyAreValues<T>(T result, Action<T> check)
        where T : SymbolResult
    {
        try
        {
            check(result);
        }
        catch (InvalidOperationException)
        {
        }
    }
}
