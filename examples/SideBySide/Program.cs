// Indexes a collection with a BM25 field and a SPLADE field in one index, and shows what each ranking finds.
using System.CommandLine;
using SideBySide;
using SpladeLucene;
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
var top = new Option<int>("--top") { Description = "Ranks to show.", DefaultValueFactory = _ => 5 };
top.Validators.Add(result =>
{
    // What is no number at all is refused by the parser itself.
    if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int ranks) && ranks is < 1 or > 100)
        result.AddError("--top takes a number from 1 to 100.");
});

var root = new RootCommand("BM25 and SPLADE side by side, in one Lucene.NET index.")
{
    collection, model, query, index, skipBad, top,
};
root.SetAction(async (parsed, cancellation) =>
{
    try
    {
        await RunAsync(parsed, cancellation).ConfigureAwait(false);
        return 0;
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("Cancelled.");
        return 1;
    }
    catch (Exception problem) when (problem is IOException or FormatException or InvalidOperationException
        or ArgumentException or UnauthorizedAccessException
        or ModelLoadException or SparseEncodingException or SpladeDocumentException)
    {
        Console.Error.WriteLine(problem.Message);
        return 1;
    }
});

ParseResult arguments = root.Parse(args);
int exit = await arguments.InvokeAsync().ConfigureAwait(false);
return arguments.Errors.Count > 0 ? 2 : exit;

async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
{
    var badLines = new BadLines(parsed.GetValue(skipBad));
    TestCollection set = TestCollection.Load(
        parsed.GetValue(collection) ?? Path.Combine(home, "collection"), badLines.Handler);
    using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(
        parsed.GetValue(model) ?? Path.Combine(home, "models", "splade-tiny-en"));
    using var folder = new IndexFolder(parsed.GetValue(index));
    using Lucene.Net.Store.Directory directory = Lucene.Net.Store.FSDirectory.Open(folder.Path);
    await CollectionIndex.EnsureAsync(directory, set, encoder, cancellation).ConfigureAwait(false);
    badLines.Report();

    using var searcher = new TwoRankings(directory, encoder);
    string[] asked = parsed.GetValue(query) ?? [];
    foreach (CollectionQuery shown in asked.Length > 0 ? Samples.Ask(asked) : Samples.Choose(set))
    {
        cancellation.ThrowIfCancellationRequested();
        Columns.Print(searcher, shown, set.Qrels.Of(shown.Id), parsed.GetValue(top));
    }

    if (asked.Length == 0) Scoreboard.Print(searcher, set, cancellation);
}
