using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Impacts.Caching;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class ImpactCacheTests
{
    private static readonly SparseVector[] Documents =
        [.. Enumerable.Range(1, 200).Select(i => VectorIndex.Impacts(("a", i), ("b", 1 + (i % 7)), ($"t{i % 50}", 9)))];

    private static readonly SpladeQuery Query = new(VectorIndex.Field, VectorIndex.Impacts(("a", 30), ("b", 5)));

    [Fact]
    public void Search_FirstOfASegment_BuildsOnceForAllSearchers()
    {
        var cache = new ImpactCache();
        using var index = new VectorIndex([Documents, Documents[..50]]);
        for (int i = 0; i < 3; i++) Search(index.Reader, cache);
        Assert.Equal(2, cache.Statistics.Built);
        Assert.Equal(3 * 250, cache.Statistics.Postings);
        Assert.All(
            Search(index.Reader, cache).Segments,
            segment => Assert.Equal(SearchAlgorithm.Windows, segment.Algorithm));
    }

    [Fact]
    public void Dispose_LastReaderOfASegment_FreesItsImpacts()
    {
        var cache = new ImpactCache();
        using (var index = new VectorIndex([Documents]))
        {
            Search(index.Reader, cache);
            Assert.True(cache.Statistics.Bytes > 0);
        }

        ImpactCacheStatistics after = cache.Statistics;
        Assert.Equal((0, 0L, 1L), (after.Entries, after.Bytes, after.Freed));
    }

    [Fact]
    public void Search_CacheThatNobodyUsesAnyMore_GoesThoughItsSegmentsStayOpen()
    {
        using var index = new VectorIndex([Documents]);
        WeakReference cache = SearchOnce(index.Reader);
        for (int i = 0; i < 10 && cache.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(cache.IsAlive);
    }

    // Not inlined, so that no register or stack slot holds the cache afterwards.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference SearchOnce(IndexReader reader)
    {
        var cache = new ImpactCache();
        Assert.Equal(10, Search(reader, cache).ScoreDocs.Length);
        return new WeakReference(cache);
    }

    [Fact]
    public void Search_ReopenedAfterDeletion_SharesImpactsAndSeesTheDeletion()
    {
        var cache = new ImpactCache();
        using var directory = new RAMDirectory();
        using var writer = new IndexWriter(directory, TestIndex.Config());
        for (int i = 0; i < 20; i++) writer.AddDocument(Document(i));
        using DirectoryReader first = DirectoryReader.Open(writer, applyAllDeletes: true);
        Assert.Equal(20, Search(first, cache).TotalHits);
        writer.DeleteDocuments(new Term("number", "7"));
        using DirectoryReader second = DirectoryReader.OpenIfChanged(first)!;
        Assert.Equal(19, Search(second, cache).TotalHits);
        Assert.Equal(20, Search(first, cache).TotalHits);
        Assert.Equal(1, cache.Statistics.Built);
    }

    [Fact]
    public void Search_OverBudget_FallsBackWithTheSameHits()
    {
        var none = new ImpactCache(new ImpactCacheOptions { BudgetInBytes = 100 });
        using var index = new VectorIndex([Documents]);
        SpladeTopDocs expected = Search(index.Reader, new ImpactCache()), found = Search(index.Reader, none);
        TopDocsAssert.Equal(expected.ScoreDocs, found, 10, "over budget", counted: null);
        Assert.Equal(SearchAlgorithm.Postings, found.Segments[0].Algorithm);
        Assert.Equal(FallbackReason.OverBudget, found.Segments[0].Fallback);
        Search(index.Reader, none);
        Assert.Equal((0L, 1L), (none.Statistics.Bytes, none.Statistics.Refused));
    }

    [Fact]
    public void Warm_BudgetForWindowsAlone_LeavesBlockMaximaOut()
    {
        using var index = new VectorIndex([Documents]);
        var both = new ImpactCacheOptions { LeastDocumentsForBlocks = 0 };
        long windows = new ImpactCache(both with { BlockMaxima = false })
            .EstimateBytes(index.Reader, VectorIndex.Field);
        long all = new ImpactCache(both).EstimateBytes(index.Reader, VectorIndex.Field);
        Assert.True(all > windows);
        var cache = new ImpactCache(both with { BudgetInBytes = windows });
        cache.Warm(index.Reader, VectorIndex.Field);
        Assert.Equal(windows, cache.Statistics.Bytes);
        var open = new SpladeSearchOptions { CountAllHits = false, Algorithm = SearchAlgorithm.BlockMax };
        Assert.Equal(SearchAlgorithm.Windows, Search(index.Reader, cache, open).Segments[0].Algorithm);
    }

    [Fact]
    public void Search_NotWarmedWhereOnlyWarmingBuilds_FallsBack()
    {
        var cache = new ImpactCache(new ImpactCacheOptions { BuildOnFirstSearch = false });
        using var index = new VectorIndex([Documents]);
        Assert.Equal(FallbackReason.NotWarmed, Search(index.Reader, cache).Segments[0].Fallback);
        cache.Warm(index.Reader, VectorIndex.Field, degreeOfParallelism: 2);
        Assert.Equal(FallbackReason.None, Search(index.Reader, cache).Segments[0].Fallback);
    }

    [Fact]
    public void Search_FieldThatIsNotThere_FindsNothing()
    {
        using var index = new VectorIndex([Documents]);
        SpladeTopDocs found = new SpladeSearcher(index.Reader).SearchTop(new SpladeQuery("other", Query.Vector), 5);
        Assert.Equal(0, found.TotalHits);
        Assert.True(float.IsNaN(found.MaxScore));
    }

    [Fact]
    public void Warm_SegmentWithoutTheField_IsNoReasonToFallBack()
    {
        var cache = new ImpactCache(new ImpactCacheOptions { BuildOnFirstSearch = false });
        using var index = new VectorIndex([Documents]);
        using DirectoryReader other = TestIndex.Of([TestIndex.Document()]);
        using var both = new MultiReader(index.Reader, other);
        Assert.Null(cache.LeaseAll(both, VectorIndex.Field));
        cache.Warm(both, VectorIndex.Field);
        using LeasedSegments? leased = cache.LeaseAll(both, VectorIndex.Field);
        Assert.Equal([true, false], leased?.All.Select(segment => segment.Impacts is not null));
        Assert.All(Search(both, cache).Segments, segment => Assert.Equal(FallbackReason.None, segment.Fallback));
    }

    [Fact]
    public void Warm_MemoryRunsOut_LeavesPostingsUntilItIsWarmedAgain()
    {
        using var directory = new ExhaustedDirectory(new RAMDirectory());
        IndexWriterConfig config = TestIndex.Config();
        config.UseCompoundFile = false;
        using (var writer = new IndexWriter(directory, config))
        {
            for (int i = 0; i < 100; i++) writer.AddDocument(Document(i));
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        var cache = new ImpactCache();
        directory.IsExhausted = true;
        cache.Warm(reader, VectorIndex.Field);
        directory.IsExhausted = false;

        Assert.Equal((0, 0L, 1L), (cache.Statistics.Entries, cache.Statistics.Bytes, cache.Statistics.Refused));
        SpladeTopDocs found = Search(reader, cache);
        Assert.Equal(FallbackReason.OverBudget, found.Segments[0].Fallback);
        cache.Warm(reader, VectorIndex.Field);
        TopDocsAssert.Equal(Search(reader, cache).ScoreDocs, found, 10, "out of memory", counted: null);
        Assert.Equal(1, cache.Statistics.Entries);
    }

    [Fact]
    public void Warm_FieldWithoutFrequencies_Throws()
    {
        using var index = new VectorIndex([Documents]);
        Assert.Throws<InvalidOperationException>(() => new ImpactCache().Warm(index.Reader, "number"));
        Assert.Throws<InvalidOperationException>(() => new ImpactCache().Warm(index.Reader, "number", degreeOfParallelism: 2));
    }

    [Fact]
    public void Warm_Cancelled_Throws()
    {
        using var index = new VectorIndex([Documents]);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(
            () => new ImpactCache().Warm(index.Reader, VectorIndex.Field, cancellationToken: cancelled));
    }

    private static Lucene.Net.Documents.Document Document(int i) => VectorIndex.Make(i, Documents[i]);

    private static SpladeTopDocs Search(IndexReader reader, ImpactCache cache, SpladeSearchOptions? options = null) =>
        new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = cache })
            .SearchTop(Query, 10, options: options);
}
