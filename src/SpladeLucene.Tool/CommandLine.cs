using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Calibrating;
using SpladeLucene.Tool.Comparing;
using SpladeLucene.Tool.Completing;
using SpladeLucene.Tool.Evaluating;
using SpladeLucene.Tool.Exporting;
using SpladeLucene.Tool.Fusing;
using SpladeLucene.Tool.Importing;
using SpladeLucene.Tool.Indexing;
using SpladeLucene.Tool.Inspecting;
using SpladeLucene.Tool.Reindexing;
using SpladeLucene.Tool.Searching;
using SpladeLucene.Tool.Usage;

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
        console = console with { IsJson = args.TakeWhile(word => word != "--").Contains(SharedOptions.JsonName, StringComparer.Ordinal) };
        ParseResult parsed = Parse(args, console, load);
        // The word alone doesn't tell: --json=true asks for it too, and --json false doesn't.
        if (AsksForJson(parsed) is { } asked && asked != console.IsJson)
        {
            console = console with { IsJson = asked };
            parsed = Parse(args, console, load);
        }

        if (parsed.Action is ParseErrorAction) return Refuse(parsed, console);
        Task<int> Invoke() => parsed.InvokeAsync(Invocation(console), cancellation);
        return await (Suggestions.AreAsked(args) ? Suggestions.RunAsync(console, Invoke) : Invoke()).ConfigureAwait(false);
    }

    // Null where nothing is said of it that can be read.
    private static bool? AsksForJson(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<bool>>().FirstOrDefault(option => option.Name == SharedOptions.JsonName) is { } json
        && parsed.GetResult(json) is { Implicit: false } said && !said.Errors.Any() ? said.GetValueOrDefault<bool>() : null;

    private static ParseResult Parse(IReadOnlyList<string> args, ToolConsole console, Func<string, ISparseEncoder> load)
    {
        (Command Command, string Notes)[] first =
        [
            (ReindexCommand.Create(args, console, load), ReindexCommand.Notes),
            (IndexCommand.Create(console, load), IndexCommand.Notes),
            (SearchCommand.Create(console, load), SearchCommand.Notes),
            (InspectIndexCommand.Create(console), InspectIndexCommand.Notes),
            (EncodeCommand.Create(console, load), EncodeCommand.Notes),
            (CompareCommand.Create(console, load), CompareCommand.Notes),
            (EvalCommand.Create(console), EvalCommand.Notes),
            (CalibrateCommand.Create(console, load), CalibrateCommand.Notes),
            (ImportCommand.Create(console, load), ImportCommand.Notes),
            (ExportCommand.Create(console, load), ExportCommand.Notes),
        ];
        (Command Command, string Notes)[] ofModels =
        [
            (InspectCommand.Create(console), InspectCommand.Notes),
            (FuseCommand.Create(console), FuseCommand.Notes),
        ];
        var model = new Command("model", "What there is to know of a model, and a lighter copy of it.");
        foreach ((Command command, _) in ofModels) model.Add(command);
        var splade = new RootCommand("Learned sparse retrieval (SPLADE) for Lucene.NET indexes.");
        foreach ((Command command, _) in first) splade.Add(command);
        splade.Add(model);
        splade.Add(CompletionCommand.Create(console));
        CheckedWords.AddTo(splade);
        HelpWithNotes.AddTo(splade, [.. first, .. ofModels, (splade.Subcommands[^1], CompletionCommand.Notes)]);
        args = Suggestions.Apart(args);
        // A word that begins with @ is a word: no field's or folder's name is a file to read arguments from.
        ParseResult parsed = splade.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        // Where no command is meant, nothing can be said of the words after it.
        if (parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [string unknown, ..])
            parsed = splade.Parse([.. args.TakeWhile(word => word != unknown), unknown], parsed.Configuration);
        return parsed;
    }

    private static int Refuse(ParseResult parsed, ToolConsole console)
    {
        string[] sentences = Refusal.SentencesOf(parsed);
        if (console.IsJson) console.Ended("refused", sentences);
        else console.Error.WriteLine($"{string.Join(' ', sentences)} '{Refusal.PathOf(parsed.CommandResult.Command)} --help' says what there is.");
        return ExitCode.Refused;
    }

    private static InvocationConfiguration Invocation(ToolConsole console) => new()
    {
        Output = console.Out.Profile.Out.Writer, Error = console.Error.Profile.Out.Writer,
        ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false,
    };
}
