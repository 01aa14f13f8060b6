using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks.Compositions;

/// <summary>
/// Everything that is measured. Each search makes its query anew, as applications do, so that what a query remembers of an
/// index is paid for in every search.
/// </summary>
/// <param name="queries">Terms with whole weights.</param>
/// <param name="floor">What hits have to score.</param>
internal sealed class CompositionList(IReadOnlyList<IReadOnlyDictionary<string, int>> queries, ScoreFloor floor)
{
    public const string Bm25 = "BM25 alone";
    public const string Bare = "SPLADE alone";
    public const string Windows = "windowed accumulation, exact count";
    public const string Both = "BooleanQuery of both";
    public const string Hybrid = "HybridSearcher";
    public const string WithFloor = ", with a floor";

    private const int Wanted = 10;
    private const int WordsAQuery = 5;

    private static readonly Sort ByNumber = new(new SortField(CompositionIndex.Number, SortFieldType.INT64, reverse: true));

    private readonly SparseVector[] _vectors =
        [.. queries.Select(query => BenchmarkIndex.Vector(query.Keys, query.Values, 256 / ImpactQuantizer.DefaultRange))];

    /// <summary>What is to be as fast as windowed accumulation where a floor leaves the hits that mean it.</summary>
    public IReadOnlyList<Composition> LikeWindows { get; private set; } = [];

    public IReadOnlyList<Composition> All()
    {
        LikeWindows = [.. Compositions(WithFloor, Floored)];
        return
        [
            new(Bm25, (searcher, i) => Found.Of(searcher.Search(Words(i), Wanted))),
            new(Bare, (searcher, i) => Found.Of(searcher.Search(Meaning(i), Wanted))),
            new(Bare + WithFloor, (searcher, i) => Found.Of(searcher.Search(Floored(i), Wanted))),
            new(Windows, Windowed) { IsPlain = false },
            new(Hybrid, (searcher, i) => Fused(searcher, i, Meaning(i))) { IsPlain = false },
            new(Hybrid + WithFloor, (searcher, i) => Fused(searcher, i, Floored(i))) { IsPlain = false },
            Boolean(Both, Meaning),
            Boolean(Both + WithFloor, Floored),
            .. LikeWindows,
            .. Compositions("", Meaning),
        ];
    }

    private static IEnumerable<Composition> Compositions(string suffix, Func<int, SpladeQuery> query) =>
    [
        new("Sort by a number" + suffix, (searcher, i) => Found.Of(searcher.Search(query(i), null, Wanted, ByNumber))),
        .. CompositionIndex.PerMilles.Select(perMille => Filtered(perMille, suffix, query)),
        new("TotalHitCountCollector" + suffix, (searcher, i) => Counted(searcher, query(i))),
        new("TopScoreDocCollector" + suffix, (searcher, i) => Collected(searcher, query(i))),
        new("a collector that adds scores up" + suffix, (searcher, i) => Summed(searcher, query(i))),
    ];

    private Composition Boolean(string name, Func<int, SpladeQuery> query) => new(name, (searcher, i) => Found.Of(
        searcher.Search(new BooleanQuery(disableCoord: true)
        {
            { Words(i), Occur.SHOULD }, { query(i), Occur.SHOULD },
        }, Wanted)));

    private Found Windowed(IndexSearcher searcher, int i) => Found.Of(((SpladeSearcher)searcher).SearchTop(
        Meaning(i), Wanted, options: new SpladeSearchOptions { Algorithm = SearchAlgorithm.Windows }));

    private SpladeQuery Meaning(int i) => new(BenchmarkIndex.Field, _vectors[i]);

    private SpladeQuery Floored(int i) => new(BenchmarkIndex.Field, _vectors[i]) { Floor = floor };

    private BooleanQuery Words(int i)
    {
        var words = new BooleanQuery();
        foreach (SparseTerm term in _vectors[i].OrderByDescending(term => term.Weight).Take(WordsAQuery))
            words.Add(new TermQuery(new Term(CompositionIndex.Words, term.Term)), Occur.SHOULD);
        return words;
    }

    private Found Fused(IndexSearcher searcher, int i, SpladeQuery meaning) =>
        Found.Of(new HybridSearcher((SpladeSearcher)searcher).Search(new HybridQuery(Words(i), meaning), Wanted));

    // A filter that many queries share, as applications keep it.
    private static Composition Filtered(int perMille, string suffix, Func<int, SpladeQuery> query)
    {
        var filter = new CachingWrapperFilter(new QueryWrapperFilter(
            new TermQuery(new Term(CompositionIndex.Mark, CompositionIndex.MarkOf(perMille)))));
        return new Composition(string.Create(CultureInfo.InvariantCulture, $"a filter of {perMille / 10.0} %{suffix}"),
            (searcher, i) => Found.Of(searcher.Search(query(i), filter, Wanted)));
    }

    private static Found Counted(IndexSearcher searcher, SpladeQuery query)
    {
        var count = new TotalHitCountCollector();
        searcher.Search(query, count);
        return new Found(count.TotalHits, []);
    }

    private static Found Collected(IndexSearcher searcher, SpladeQuery query)
    {
        TopScoreDocCollector best = TopScoreDocCollector.Create(Wanted, docsScoredInOrder: true);
        searcher.Search(query, best);
        return Found.Of(best.GetTopDocs());
    }

    private static Found Summed(IndexSearcher searcher, SpladeQuery query)
    {
        var sum = new SumCollector();
        searcher.Search(query, sum);
        return new Found(sum.Hits, [(0, BitConverter.SingleToInt32Bits((float)sum.Sum))]);
    }

    private sealed class SumCollector : ICollector
    {
        private Scorer? _scorer;

        public int Hits { get; private set; }

        public double Sum { get; private set; }

        public bool AcceptsDocsOutOfOrder => false;

        public void SetScorer(Scorer scorer) => _scorer = scorer;

        public void SetNextReader(AtomicReaderContext context)
        {
        }

        public void Collect(int doc)
        {
            Hits++;
            Sum += _scorer!.GetScore();
        }
    }
}
