using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace SpladeLucene.Tool;

/// <summary>Where a command writes: results to one side, progress and complaints to the other.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress, complaints.</param>
internal sealed record ToolConsole(IAnsiConsole Out, IAnsiConsole Error)
{
    // Lines that go to a file or a pipe are not broken.
    private const int Unbroken = 10_000;

    /// <summary>Readable in every script; what is written is no web page.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether what is wrong is told to a program too, as an object among the results.</summary>
    public bool IsJson { get; init; }

    /// <summary>Tells why a command ended before it was done.</summary>
    /// <param name="kind"><c>refused</c>, <c>failed</c> or <c>stopped</c>, as the exit code says.</param>
    /// <param name="sentences">The reasons.</param>
    public void Ended(string kind, params IReadOnlyList<string> sentences)
    {
        if (IsJson)
        {
            WriteObject(new JsonObject
            {
                ["type"] = "error", ["kind"] = kind, ["sentences"] = new JsonArray([.. sentences.Select(sentence => (JsonNode)sentence)]),
                ["resumable"] = false,
            });
            return;
        }

        foreach (string sentence in sentences) Error.WriteLine(sentence);
    }

    /// <summary>Writes a line of <c>--json</c>.</summary>
    public void WriteObject(JsonObject line) => Out.Profile.Out.Writer.WriteLine(line.ToJsonString(Readable));

    /// <summary>That of this process.</summary>
    /// <param name="readerIsGone">Told once that nobody reads its results any more.</param>
    public static ToolConsole OfProcess(Action readerIsGone) => new(
        Of(WatchedOutput.OfProcess(readerIsGone), Console.IsOutputRedirected), Of(Console.Error, Console.IsErrorRedirected));

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
