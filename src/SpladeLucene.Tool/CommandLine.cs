using System.CommandLine;
using System.CommandLine.Parsing;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Calibrating;
using SpladeLucene.Tool.Reindexing;

namespace SpladeLucene.Tool;

/// <summary>The <c>splade</c> command: finds the command that is meant, or says what is wrong with the line.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line with the encoders of ONNX Runtime.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args, ToolConsole console, CancellationToken cancellation) =>
        RunAsync(args, console, model => OnnxSparseEncoder.Load(CarriedModels.FolderOf(model)), cancellation);

    /// <summary>Runs a command line; returns an <see cref="ExitCode"/>.</summary>
    /// <param name="args">The words after <c>splade</c>.</param>
    /// <param name="console">Where it writes.</param>
    /// <param name="load">Loads the encoder in a folder.</param>
    /// <param name="cancellation">Stops it, cleanly.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolConsole console,
        Func<string, ISparseEncoder> load, CancellationToken cancellation)
    {
        Command reindex = ReindexCommand.Create(args, console, load), calibrate = CalibrateCommand.Create(console, load);
        var splade = new Command("splade", "Learned sparse retrieval (SPLADE) for Lucene.NET indexes.")
        {
            reindex, calibrate, new VersionOption(),
            HelpWithNotes.Option((reindex, ReindexCommand.Notes), (calibrate, CalibrateCommand.Notes)),
        };
        // A word that begins with @ is a word: no field's or folder's name is a file to read arguments from.
        ParseResult parsed = splade.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        IReadOnlyList<string> complaints = Complaints(splade, args, parsed);
        if (complaints.Count > 0) return Refuse(complaints, args, console, parsed.CommandResult.Command);
        var invocation = new InvocationConfiguration
        {
            Output = console.Out, Error = console.Error, ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        return await parsed.InvokeAsync(invocation, cancellation).ConfigureAwait(false);
    }

    // A word that isn't known explains what else went wrong: it may have been taken for an argument.
    private static IReadOnlyList<string> Complaints(Command splade, IReadOnlyList<string> args, ParseResult parsed)
    {
        IReadOnlyList<string> unknown = UnknownWords.In(splade, args);
        if (unknown.Count > 0) return unknown;
        return parsed.Action is { ClearsParseErrors: true } ? [] : [.. parsed.Errors.Select(Sentence).Distinct(StringComparer.Ordinal)];
    }

    private static string Sentence(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Parent: CommandResult, Tokens.Count: 0 } missing => $"{missing.Argument.Name} is missing.",
        _ => error.Message,
    };

    private static int Refuse(
        IReadOnlyList<string> complaints, IReadOnlyList<string> args, ToolConsole console, Command command)
    {
        if (ReindexCommand.AsksForJson(args))
        {
            new JsonReport(console.Out).Refused(complaints);
            return ExitCode.Refused;
        }

        foreach (string complaint in complaints) console.Error.WriteLine(complaint);
        string name = command.Parents.Any() ? $"splade {command.Name}" : "splade";
        console.Error.WriteLine($"'{name} --help' says what there is.");
        return ExitCode.Refused;
    }
}
