using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Tests.Support;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Tool.Tests.Exporting.Engines;

/// <summary>The collection that comes along in an index of the model that comes along, and what its queries find there.</summary>
public sealed class EngineFixture : IAsyncLifetime, IDisposable
{
    public const int Hits = 10;

    private readonly TemporaryFolder _folder = new();

    /// <summary>The best hits of all queries in their order: query, id and score, of equal scores the lesser id first.</summary>
    public IReadOnlyList<EngineHit> Expected { get; private set; } = [];

    internal string Index => _folder.PathOf("index");

    /// <summary>Where engines are installed; it stays.</summary>
    public static string Engines(string name) => Repository.PathOf("artifacts", "engines", name);

    /// <summary>A script of <c>tests/export</c>.</summary>
    public static string Script(string name) => Repository.PathOf("tests", "export", name);

    public async Task InitializeAsync()
    {
        ToolRun run = await ToolRun.Of(Load, "index", Collection, Index, "--model", "splade-tiny-en");
        Assert.True(run.ExitCode == 0, run.Errors);
        using FSDirectory directory = FSDirectory.Open(Index);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        using ISparseEncoder encoder = Load("splade-tiny-en");
        var searcher = new SpladeSearcher(reader);
        Expected = [.. TestCollection.Load(Collection).Queries.SelectMany(query =>
            Best(query.Id, searcher.Search(SpladeQuery.Create(reader, "splade", query.Text, encoder), reader.MaxDoc).ScoreDocs
                .Select(hit => new EngineHit(query.Id, reader.Document(hit.Doc).Get("id"), hit.Score))))];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>The files of an export of the index, and of the collection's queries.</summary>
    public async Task<(string Documents, string Queries)> ExportAsync(string format, params string[] args)
    {
        (string documents, string queries) = (_folder.PathOf($"{format}.documents"), _folder.PathOf($"{format}.queries"));
        ToolRun run = await ToolRun.Of(Load, ["export", Index, "--format", format, "--with", "title", "--to", documents, .. args]);
        Assert.True(run.ExitCode == 0, run.Errors);
        run = await ToolRun.Of(Load, ["export", Index, "--format", format, "--queries", Collection, "--model", "splade-tiny-en", "--to", queries, .. args]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return (documents, queries);
    }

    /// <summary>Another place in the folder.</summary>
    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>The best of a query's hits.</summary>
    public static IEnumerable<EngineHit> Best(string query, IEnumerable<EngineHit> hits) => hits.Where(hit => hit.Query == query)
        .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, StringComparer.Ordinal).Take(Hits);

    /// <summary>Reads query, tab, id, tab, score.</summary>
    public static IReadOnlyList<EngineHit> Read(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
        .Select(cells => new EngineHit(cells[0], cells[1], (float)double.Parse(cells[2], CultureInfo.InvariantCulture)))];

    private static string Collection => Repository.PathOf("examples", "collection");

    private static ISparseEncoder Load(string model) => OnnxSparseEncoder.Load(CarriedModels.FolderOf(model));
}

/// <summary>Tests that share one index.</summary>
[CollectionDefinition(nameof(EngineCollection))]
public sealed class EngineCollection : ICollectionFixture<EngineFixture>;

/// <summary>A hit of a query in some engine.</summary>
public sealed record EngineHit(string Query, string Id, float Score);
