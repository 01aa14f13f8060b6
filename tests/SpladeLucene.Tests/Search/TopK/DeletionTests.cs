using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Postings;
using SpladeLucene.Search.Costs;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests.Search.TopK;

/// <summary>A deletion in a segment costs a search no more than its document.</summary>
public sealed class DeletionTests : IDisposable
{
    private const int Documents = 20_000;

    private readonly VectorIndex _index = new(
        [Enumerable.Range(0, Documents).Select(i => VectorIndex.Impacts(("a", 1 + (i * 7 % 250)), ("b", 1 + (i % 90))))], deleted: [63, 64]);

    private AtomicReaderContext Leaf => Assert.Single(_index.Reader.Leaves);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_FilterThatIsCached_IsReadOnce(bool isSet)
    {
        Filter inner = isSet ? new BitFilter(doc => doc % 3 == 0) : new QueryWrapperFilter(new PrefixQuery(new Term("number", "6")));
        var filter = new CachingWrapperFilter(inner);
        bool Passes(int doc) => doc is not (63 or 64) && (isSet ? doc % 3 == 0 : $"{doc}".StartsWith('6'));

        long[]? bits = AcceptedDocs.Of(Leaf, filter);

        for (int doc = 0; doc < Documents; doc++) Assert.Equal(Passes(doc), AcceptedDocs.Has(bits, doc));
        if (!isSet) Assert.Same(bits, AcceptedDocs.Of(Leaf, filter));
    }

    [Fact]
    public void Of_CachedFilterThatPassesDeletedDocumentsAlone_IsEmpty()
    {
        Assert.Equal([], AcceptedDocs.Of(Leaf, new CachingWrapperFilter(new BitFilter(doc => doc is 63 or 64)))!);
        Assert.Equal([], AcceptedDocs.Of(Leaf, new CachingWrapperFilter(new BitFilter(_ => false)))!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_SegmentWithDeletions_TellsItsPaceUnlessItIsFiltered(bool filtered)
    {
        // Of blocks far too slow; as long as nothing is known of windows, neither is preferred.
        var pace = new SearchPace();
        pace.Learn(windows: false, 1_000_000, TimeSpan.FromSeconds(100));
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("a", 30), ("b", 5)));
        var plan = new SearchPlan
        {
            Field = query.Field,
            Terms = QueryTerm.Of(query.Quantized.Terms),
            AllTerms = null,
            Rescored = 0,
            Scale = new ScoreScale(query.Quantized.Unit),
            Wanted = 100,
            Ceiling = ulong.MaxValue,
            LeastHit = 1,
            CountAll = false,
            Algorithm = SearchAlgorithm.Automatic,
            Vectors = VectorWidth.Portable,
            Cache = new ImpactCache(),
            Pace = pace,
        };
        var search = new TopKSearch(_index.Reader.Leaves, Documents, 1, TaskScheduler.Default);

        search.Search(plan, filtered ? new BitFilter(doc => doc % 2 == 0) : null);

        Assert.Equal(filtered, pace.WindowsToBlocks == 1);
    }

    [Fact]
    public void NewSearcher_SegmentWithDeletions_ReadsThemAtOnce()
    {
        new SpladeSearcherFactory(null, VectorIndex.Field).NewSearcher(_index.Reader);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.NotNull(AcceptedDocs.Of(Leaf, filter: null));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (Documents / 8) - 1);
    }

    public void Dispose() => _index.Dispose();
}
