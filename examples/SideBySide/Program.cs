// Indexes a collection with a BM25 field and a SPLADE field in one index, and shows what each ranking finds.
using System.CommandLine;
using SideBySide;
using SideBySide.Web;
using Spectre.Console;
using SpladeLucene;
using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Evaluation;
using SpladeLucene.Models;
using SpladeLucene.Onnx;

var collection = new Option<string?>("--collection")
{
    Description = "A folder with corpus.jsonl, queries.jsonl or .tsv, and qrels/test.tsv or qrels.txt (each may be .gz). "
        + "Default: the collection that comes along.",
};
var model = new Option<string[]>("--model")
{
    Description = "A folder with model.onnx and vocab.txt or tokenizer.json. With --web it may be repeated, and the page "
        + "compares the models. Default: splade-small-en, and with --web splade-tiny-en too.",
};
var query = new Option<string[]>("--query") { Description = "Show this query instead of a handful; may be repeated." };
var index = new Option<string?>("--index")
{
    Description = "Keep the index in this folder and search it again next time. Default: a temporary folder.",
};
var skipBad = new Option<bool>("--skip-bad") { Description = "Leave malformed lines out and count them." };
var web = new Option<bool>("--web") { Description = "Serve a page on this computer that shows both rankings, until Ctrl-C." };
var noBrowser = new Option<bool>("--no-browser") { Description = "With --web: only say the page's address." };
var top = new Option<int>("--top") { Description = "Ranks to show.", DefaultValueFactory = _ => 5 };
top.Validators.Add(result =>
{
    // What is no number at all is refused by the parser itself.
    if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int ranks) && ranks is < 1 or > 100)
        result.AddError("--top takes a number from 1 to 100.");
});

var root = new RootCommand("BM25 and SPLADE side by side, in one Lucene.NET index.")
{
    collection, model, query, index, skipBad, top, web, noBrowser,
};
root.Validators.Add(result =>
{
    bool page = result.GetValue(web);
    if (!page && result.GetValue(model) is { Length: > 1 }) result.AddError("Several models are compared on the page: add --web.");
    if (!page && result.GetValue(noBrowser)) result.AddError("--no-browser belongs to --web.");
    if (page && result.GetValue(query) is { Length: > 0 }) result.AddError("With --web queries are typed on the page: leave --query out.");
});
return await CommandRunner.RunAsync(root, args, RunAsync,
    problem => problem is ModelLoadException or SparseEncodingException or SpladeDocumentException).ConfigureAwait(false);

async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
{
    var badLines = new BadLines(parsed.GetValue(skipBad));
    TestCollection set = TestCollection.Load(
        parsed.GetValue(collection) ?? Path.Combine(AppContext.BaseDirectory, "collection"), badLines.Handler);
    bool page = parsed.GetValue(web);
    string[] folders = parsed.GetValue(model) is { Length: > 0 } named ? named
        : page ? [SpladeSmallEn.Folder, SpladeTinyEn.Folder] : [SpladeSmallEn.Folder];
    using var models = new LoadedModels(folders);
    using var folder = new IndexFolder(parsed.GetValue(index));
    using Lucene.Net.Store.Directory directory = Lucene.Net.Store.FSDirectory.Open(folder.Path);
    IAnsiConsole console = PlainIfRedirected(Console.Out), errors = PlainIfRedirected(Console.Error);
    using var rankings = new Rankings(directory,
        await CollectionIndex.EnsureAsync(directory, set, models.All, errors, cancellation).ConfigureAwait(false));
    badLines.Report();

    var judged = new JudgedRun(rankings, set);
    if (page)
    {
        await PageRun.RunAsync(new PageAnswers(rankings, judged, set), console, !parsed.GetValue(noBrowser), cancellation)
            .ConfigureAwait(false);
        return 0;
    }

    var report = new TerminalReport(console, rankings, set, parsed.GetValue(top));
    if (parsed.GetValue(query) is { Length: > 0 } asked)
    {
        report.PrintAnswers(asked, cancellation);
        return 0;
    }

    report.PrintMeasured(await ConsoleProgress.RunAsync(errors, "Searching", progress => Task.FromResult(
        judged.Measure(rankings.Defaults, progress, cancellation))).ConfigureAwait(false), cancellation);
    return 0;
}

// Spectre.Console writes no codes where nobody looks at a terminal, but would take a file for 80 columns wide.
static IAnsiConsole PlainIfRedirected(TextWriter writer)
{
    IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
    if (!console.Profile.Out.IsTerminal) console.Profile.Width = 120;
    return console;
}
