using System.Text.Json;
using Spectre.Console;

namespace SpladeLucene.Tool.Tests.Support;

/// <summary>A command line run in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The objects of a run with --json; throws where a line is no JSON.</summary>
    public IReadOnlyList<JsonElement> Objects =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    /// <summary>The object of this type that came last.</summary>
    public JsonElement Object(string type) => Objects.Last(one => one.GetProperty("type").GetString() == type);

    /// <summary>Runs it with encoders whose vectors can be told by reading.</summary>
    public static Task<ToolRun> Of(params string[] args) => Of(_ => new WordEncoder(), args);

    /// <summary>Runs it with these encoders.</summary>
    public static Task<ToolRun> Of(Func<string, ISparseEncoder> load, params string[] args) =>
        Of(load, terminal: false, CancellationToken.None, args);

    /// <summary>Runs it with these encoders, on a terminal or into a pipe.</summary>
    public static async Task<ToolRun> Of(
        Func<string, ISparseEncoder> load, bool terminal, CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new(), errors = new();
        var console = new ToolConsole(Side(output, terminal), Side(errors, terminal));
        int exitCode = await CommandLine.RunAsync(args, console, load, cancellation);
        return new ToolRun(exitCode, output.ToString(), errors.ToString());
    }

    private static IAnsiConsole Side(TextWriter writer, bool terminal)
    {
        IAnsiConsole side = ToolConsole.Of(TextWriter.Synchronized(writer), redirected: !terminal);
        side.Profile.Capabilities.Interactive = terminal;
        return side;
    }
}
