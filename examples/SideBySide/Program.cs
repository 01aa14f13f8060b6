// Indexes a collection with a BM25 field and a SPLADE field in one index, and shows what each ranking finds.
using System.CommandLine;
using SideBySide;
using SideBySide.Web;
using Spectre.Console;
using SpladeLucene;
using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;

string home = AppContext.BaseDirectory;
var collection = new Option<string?>("--collection")
{
    Description = "A folder with corpus.jsonl, queries.jsonl or .tsv, and qrels/test.tsv or qrels.txt (each may be .gz). "
        + "Default: the collection that comes along.",
};
var model = new Option<string?>("--model")
{
    Description = "A folder with model.onnx and vocab.txt or tokenizer.json. Default: splade-tiny-en.",
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
return await CommandRunner.RunAsync(root, args, RunAsync,
    problem => problem is ModelLoadException or SparseEncodingException or SpladeDocumentException).ConfigureAwait(false);

async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
{
    var badLines = new BadLines(parsed.GetValue(skipBad));
    TestCollection set = TestCollection.Load(
        parsed.GetValue(collection) ?? Path.Combine(home, "collection"), badLines.Handler);
    using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(
        parsed.GetValue(model) ?? Path.Combine(home, "models", "splade-tiny-en"));
    using var folder = new IndexFolder(parsed.GetValue(index));
    using Lucene.Net.Store.Directory directory = Lucene.Net.Store.FSDirectory.Open(folder.Path);
    IAnsiConsole console = PlainIfRedirected(Console.Out), errors = PlainIfRedirected(Console.Error);
    await CollectionIndex.EnsureAsync(directory, set, encoder, errors, cancellation).ConfigureAwait(false);
    badLines.Report();

    using var rankings = new TwoRankings(directory, encoder);
    if (parsed.GetValue(web))
    {
        await PageRun.RunAsync(new PageAnswers(rankings, set), console, !parsed.GetValue(noBrowser), cancellation)
            .ConfigureAwait(false);
        return 0;
    }

    var view = new RankingView(console, rankings);
    int ranks = parsed.GetValue(top);
    if (parsed.GetValue(query) is { Length: > 0 } asked)
    {
        view.PrintLegend();
        Show(Samples.Ask(asked));
        return 0;
    }

    List<Judged> rows = await ConsoleProgress.RunAsync(errors, "Searching", progress =>
        Task.FromResult(Scoreboard.Measure(rankings, set, progress, cancellation))).ConfigureAwait(false);
    view.PrintLegend();
    console.WriteLine("\nWhere SPLADE gains most on BM25:");
    Show(Samples.Won(rows));
    console.WriteLine("\nWhere it loses most:");
    Show(Samples.Lost(rows));
    Scoreboard.Print(console, rows);
    console.WriteLine("\nAsk something yourself: --query \"pup will not sleep\". Take your own documents: --collection DIR.");
    console.WriteLine("Next: see it in a browser, with the reasons and controls to try: --web.");
    return 0;

    void Show(IReadOnlyList<CollectionQuery> queries)
    {
        foreach (CollectionQuery shown in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            view.Print(shown, set.Qrels.Of(shown.Id), ranks);
        }

        if (queries.Count == 0) console.WriteLine("  on no query");
    }
}

// Spectre.Console writes no codes where nobody looks at a terminal, but would take a file for 80 columns wide.
static IAnsiConsole PlainIfRedirected(TextWriter writer)
{
    IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
    if (!console.Profile.Out.IsTerminal) console.Profile.Width = 120;
    return console;
}
