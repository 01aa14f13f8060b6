using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Impacts;
using SpladeLucene.Search;

namespace SpladeLucene.Benchmarks;

/// <summary>The engines of this process: ours in every way, and Lucene.NET's own queries.</summary>
internal sealed class LuceneEngines(
    DirectoryReader reader, ImpactCache cache, IReadOnlyList<IReadOnlyDictionary<string, int>> queries,
    int warm, int repeats)
{
    public const string Baseline = "Lucene.NET BooleanQuery";
    public const string Chooser = "SpladeSearcher, open count";

    // Query weights become integers again, the same as in the file: a weight of 51.2 is 1.
    private readonly SpladeQuery[] _queries =
    [
        .. queries.Select(query => new SpladeQuery(
            BenchmarkIndex.Field, BenchmarkIndex.Vector(query.Keys, query.Values, 256 / ImpactQuantizer.DefaultRange))),
    ];

    private (int Queries, int Warm, int Repeats) Fast => (queries.Count, warm, repeats);

    // They are compiled for good long before as many queries are done.
    private (int Queries, int Warm, int Repeats) Slow => (queries.Count, warm / 4, repeats);

    public IEnumerable<Timing> Run(int k)
    {
        var open = new SpladeSearchOptions { Count = HitCount.Open };
        yield return Ours(Chooser, k, open);
        yield return Ours("SpladeSearcher, exact count", k, new SpladeSearchOptions());
        yield return Ours("windows, open count", k, open with { Algorithm = SearchAlgorithm.Windows });
        if (k <= 100) yield return Ours("block-max, open count", k, open with { Algorithm = SearchAlgorithm.BlockMax });
        yield return Ours("over Lucene's postings", k, open with { Algorithm = SearchAlgorithm.Postings });
        var plain = new IndexSearcher(reader);
        yield return Timing.Measure("SpladeQuery in an IndexSearcher", k, Slow,
            i => Scores(plain.Search(_queries[i], k)));
        yield return Boolean(k);
    }

    /// <summary>What an economy costs: the share of the exact hits that it finds.</summary>
    public (Timing Timing, double Recall) Run(string name, int k, QueryEconomy economy)
    {
        var searcher = new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = cache });
        var exact = new SpladeSearchOptions { Count = HitCount.Open };
        double found = 0, wanted = 0;
        foreach (SpladeQuery query in _queries)
        {
            var all = searcher.SearchTop(query, k, options: exact).ScoreDocs.Select(hit => hit.Doc).ToHashSet();
            found += searcher.SearchTop(query, k, options: exact with { Economy = economy }).ScoreDocs
                .Count(hit => all.Contains(hit.Doc));
            wanted += all.Count;
        }

        return (Ours(name, k, exact with { Economy = economy }), found / wanted);
    }

    private Timing Ours(string name, int k, SpladeSearchOptions options)
    {
        var searcher = new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = cache });
        return Timing.Measure(name, k, options.Algorithm == SearchAlgorithm.Postings ? Slow : Fast,
            i => Scores(searcher.SearchTop(_queries[i], k, options: options)));
    }

    private Timing Boolean(int k)
    {
        var searcher = new IndexSearcher(reader) { Similarity = new SpladeSimilarity(new ImpactQuantizer(256)) };
        BooleanQuery[] boolean = [.. queries.Select(Boolean)];
        return Timing.Measure(Baseline, k, Slow, i => Scores(searcher.Search(boolean[i], k)));
    }

    private static BooleanQuery Boolean(IReadOnlyDictionary<string, int> query)
    {
        var all = new BooleanQuery(disableCoord: true);
        foreach ((string term, int weight) in query)
            all.Add(new TermQuery(new Term(BenchmarkIndex.Field, term)) { Boost = weight }, Occur.SHOULD);
        return all;
    }

    private static IEnumerable<float> Scores(TopDocs top) => top.ScoreDocs.Select(hit => hit.Score);
}
