using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks.Engines;

/// <summary>The engines of this process: ours in every way, and Lucene.NET's own queries.</summary>
internal sealed class LuceneEngines(
    DirectoryReader reader, ImpactCache cache, IReadOnlyList<IReadOnlyDictionary<string, int>> queries, Pass pass)
{
    public const string Baseline = "Lucene.NET BooleanQuery";
    public const string Chooser = "SpladeSearcher, open count";
    public const string ExactChooser = "SpladeSearcher, exact count";
    public const string Windows = "windows, open count";
    public const string BlockMax = "block-max, open count";

    /// <summary>Block-max pruning takes many times longer where more hits are wanted; nobody waits for that.</summary>
    public const int MostForBlockMax = 100;

    // Query weights become integers again, the same as in the file: a weight of 51.2 is 1.
    private readonly SpladeQuery[] _queries =
    [
        .. queries.Select(query => new SpladeQuery(
            BenchmarkIndex.Field, BenchmarkIndex.Vector(query.Keys, query.Values, 256 / ImpactQuantizer.DefaultRange))),
    ];

    // They are compiled for good long before as many queries are done.
    private Pass Slow => pass with { Warm = pass.Warm / 4 };

    /// <summary>The engines by name, and what runs one.</summary>
    public IEnumerable<(string Name, Func<Timing> Run)> All(int k)
    {
        var open = new SpladeSearchOptions { CountAllHits = false };
        yield return Ours(Chooser, k, open);
        yield return Ours(ExactChooser, k, new SpladeSearchOptions());
        yield return Ours(Windows, k, open with { Algorithm = SearchAlgorithm.Windows });
        if (k <= MostForBlockMax) yield return Ours(BlockMax, k, open with { Algorithm = SearchAlgorithm.BlockMax });
        yield return Ours("over Lucene's postings", k, open with { Algorithm = SearchAlgorithm.Postings });
        yield return Plain("SpladeQuery in an IndexSearcher", k);
        yield return Boolean(k);
    }

    /// <summary>The first engine over impacts that another cache has.</summary>
    public (string Name, Func<Timing> Run) Over(ImpactCache mapped, int k) =>
        Ours("SpladeSearcher, mapped files", k, new SpladeSearchOptions { CountAllHits = false }, mapped);

    /// <summary>The time of a way that may be inexact.</summary>
    public Timing Run(string name, int k, SpladeSearchOptions options) => Ours(name, k, options).Run();

    /// <summary>The share of the exact hits that it finds.</summary>
    public double RecallOf(int k, SpladeSearchOptions options) => new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = cache })
        .MeasureRecall(_queries, k, options, pass.Cancellation);

    private (string Name, Func<Timing> Run) Ours(
        string name, int k, SpladeSearchOptions options, ImpactCache? other = null) => (name, () =>
    {
        var searcher = new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = other ?? cache });
        return Timing.Measure(name, k, options.Algorithm == SearchAlgorithm.Postings ? Slow : pass,
            i => Scores(searcher.SearchTop(_queries[i], k, options: options)));
    }
    );

    private (string Name, Func<Timing> Run) Plain(string name, int k) => (name, () =>
    {
        var searcher = new IndexSearcher(reader);
        return Timing.Measure(name, k, Slow, i => Scores(searcher.Search(_queries[i], k)));
    }
    );

    private (string Name, Func<Timing> Run) Boolean(int k) => (Baseline, () =>
    {
        var searcher = new IndexSearcher(reader) { Similarity = new SpladeSimilarity(new ImpactQuantizer(256)) };
        BooleanQuery[] boolean = [.. queries.Select(Boolean)];
        return Timing.Measure(Baseline, k, Slow, i => Scores(searcher.Search(boolean[i], k)));
    }
    );

    private static BooleanQuery Boolean(IReadOnlyDictionary<string, int> query)
    {
        var all = new BooleanQuery(disableCoord: true);
        foreach ((string term, int weight) in query)
            all.Add(new TermQuery(new Term(BenchmarkIndex.Field, term)) { Boost = weight }, Occur.SHOULD);
        return all;
    }

    private static IEnumerable<float> Scores(TopDocs top) => top.ScoreDocs.Select(hit => hit.Score);
}
