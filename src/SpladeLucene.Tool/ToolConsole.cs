using Spectre.Console;

namespace SpladeLucene.Tool;

/// <summary>Where a command writes: results to one side, progress and complaints to the other.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress, complaints.</param>
internal sealed record ToolConsole(IAnsiConsole Out, IAnsiConsole Error)
{
    // Lines that go to a file or a pipe are not broken.
    private const int Unbroken = 10_000;

    public static ToolConsole OfProcess() => new(
        Of(Console.Out, Console.IsOutputRedirected), Of(Console.Error, Console.IsErrorRedirected));

    /// <summary>A side that is a terminal, or goes to a file or a pipe.</summary>
    public static IAnsiConsole Of(TextWriter writer, bool redirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected) console.Profile.Width = Unbroken;
        return console;
    }
}
