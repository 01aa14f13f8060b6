using Spectre.Console;
using SpladeLucene.Tool.Progress;

namespace SpladeLucene.Benchmarks.Reporting;

/// <summary>Progress on the error stream, which leaves the output to results.</summary>
internal static class ProgressLine
{
    private static readonly IAnsiConsole Errors = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    });

    public static WorkProgress Of(string what, long? total) => new(Errors, "    " + what, total);
}
