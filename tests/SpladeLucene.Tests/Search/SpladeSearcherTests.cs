using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class SpladeSearcherTests
{
    private static readonly SpladeQuery Query =
        new(VectorIndex.Field, VectorIndex.Impacts(("heavy", 200), ("middle", 60), ("light", 10)));

    private static readonly SparseVector[] Documents =
    [
        .. Enumerable.Range(1, 120).Select(i => VectorIndex.Impacts(
            ("light", i), ("middle", 1 + (i * 37 % 100)), ("heavy", 1 + (i % 3)))),
    ];

    [Fact]
    public void Search_PlainCalls_ReturnWhatAnIndexSearcherReturns()
    {
        using var index = new VectorIndex([Documents, Documents[..31]]);
        var plain = new IndexSearcher(index.Reader);
        var fast = new SpladeSearcher(index.Reader);
        var filter = new BitFilter(doc => doc % 3 == 0);
        TopDocs page = plain.Search(Query, 7);
        AssertSame(page, fast.Search(Query, 7));
        AssertSame(plain.Search(Query, filter, 7), fast.Search(Query, filter, 7));
        ScoreDoc last = page.ScoreDocs[^1];
        AssertSame(plain.SearchAfter(last, Query, 7), fast.SearchAfter(last, Query, 7));
        AssertSame(plain.SearchAfter(last, Query, filter, 7), fast.SearchAfter(last, Query, filter, 7));
        // From that score on, ties included.
        last = new ScoreDoc(-1, last.Score);
        AssertSame(plain.SearchAfter(last, Query, 7), fast.SearchAfter(last, Query, 7));
        AssertSame(plain.Search(Negative(), 7), fast.Search(Negative(), 7));
        AssertSame(plain.Search(Beside(), 7), fast.Search(Beside(), 7));
    }

    [Fact]
    public void Search_NoHitsWanted_ThrowsAsLuceneDoes()
    {
        using var index = new VectorIndex([Documents]);
        var searcher = new SpladeSearcher(index.Reader);
        Assert.Throws<ArgumentException>(() => searcher.Search(Query, 0));
        Assert.Throws<ArgumentException>(() => searcher.SearchAfter(new ScoreDoc(120, 1), Query, 5));
    }

    [Fact]
    public void SearchTop_OpenCount_SaysThatItIsABound()
    {
        using var index = new VectorIndex([Documents]);
        var open = new SpladeSearchOptions { CountAllHits = false };
        var searcher = new SpladeSearcher(index.Reader);
        Assert.True(searcher.SearchTop(Query, 5, options: open).TotalHitsIsLowerBound);
        Assert.False(searcher.SearchTop(Query, 5).TotalHitsIsLowerBound);
        SpladeTopDocs all = searcher.SearchTop(Query, 500, options: open);
        Assert.False(all.TotalHitsIsLowerBound);
        // What stood on the page before isn't counted.
        SpladeTopDocs last = searcher.SearchTop(Query, 500, after: all.ScoreDocs[^3], options: open);
        Assert.Equal((2, true), (last.TotalHits, last.TotalHitsIsLowerBound));
    }

    [Theory]
    [InlineData(SearchAlgorithm.Automatic)]
    [InlineData(SearchAlgorithm.BlockMax)]
    [InlineData(SearchAlgorithm.Postings)]
    public void Search_SegmentsInParallel_FindsTheSame(SearchAlgorithm algorithm)
    {
        using var index = new VectorIndex(Enumerable.Range(1, 12).Select(i => Documents[..(i * 10)]));
        var cache = new ImpactCache(new ImpactCacheOptions { LeastDocumentsForBlocks = 0 });
        var search = new SpladeSearchOptions { Algorithm = algorithm, CountAllHits = false };
        var together = new SpladeSearcherOptions { Impacts = cache, DegreeOfParallelism = 4 };
        var alone = new SpladeSearcher(index.Reader);
        for (int i = 0; i < 50; i++)
        {
            TopDocs expected = alone.Search(Query, 1 + i);
            TopDocs found = new SpladeSearcher(index.Reader, together).SearchTop(Query, 1 + i, options: search);
            Assert.Equal(Hits(expected), Hits(found));
        }
    }

    [Fact]
    public void Search_InParallelOverAFieldWithoutFrequencies_ThrowsAsOneAfterTheOtherDoes()
    {
        using var index = new VectorIndex([Documents, Documents]);
        var searcher = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { DegreeOfParallelism = 2 });
        Assert.Throws<InvalidOperationException>(() => searcher.Search(new SpladeQuery("number", Query.Vector), 5));
    }

    [Theory]
    [InlineData(SearchAlgorithm.Automatic)]
    [InlineData(SearchAlgorithm.Postings)]
    public void SearchTop_HeaviestTermsRescored_ScoresWithAllTerms(SearchAlgorithm algorithm)
    {
        using var index = new VectorIndex([Documents, Documents[..60]], deleted: [3, 130]);
        var searcher = new SpladeSearcher(index.Reader);
        var economy = new QueryTermPruning { HeaviestTerms = 1, Rescored = 1000 };
        var search = new SpladeSearchOptions { TermPruning = economy, Algorithm = algorithm };
        SpladeTopDocs found = searcher.SearchTop(Query, 20, options: search);
        Assert.Equal(Hits(searcher.Search(Query, 20)), Hits(found));
        Assert.True(found.TotalHitsIsLowerBound);
    }

    [Fact]
    public void SearchTop_ShareOfHeaviest_LeavesLightTermsOut()
    {
        using var index = new VectorIndex([Documents]);
        var heavy = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("heavy", 200), ("middle", 60)));
        var search = new SpladeSearchOptions { TermPruning = new QueryTermPruning { LeastShareOfHeaviest = 0.2 } };
        var searcher = new SpladeSearcher(index.Reader);
        Assert.Equal(
            searcher.Search(heavy, 20).ScoreDocs.Select(hit => hit.Doc),
            searcher.SearchTop(Query, 20, options: search).ScoreDocs.Select(hit => hit.Doc));
    }

    [Fact]
    public void SearcherManager_WithFactoryAndWarmer_WarmsWhatIsNew()
    {
        var cache = new ImpactCache(new ImpactCacheOptions { BuildOnFirstSearch = false });
        var options = new SpladeSearcherOptions { Impacts = cache };
        using var directory = new RAMDirectory();
        IndexWriterConfig config = TestIndex.Config();
        config.MergedSegmentWarmer = new ImpactWarmer(options.Impacts, VectorIndex.Field);
        using var writer = new IndexWriter(directory, config);
        using var manager = new SearcherManager(
            writer, applyAllDeletes: true, new SpladeSearcherFactory(options, VectorIndex.Field));
        for (int i = 0; i < Documents.Length; i++)
        {
            writer.AddDocument(VectorIndex.Make(i, Documents[i]));
            if (i % 10 == 0) manager.MaybeRefreshBlocking();
        }

        writer.ForceMerge(1);
        manager.MaybeRefreshBlocking();
        IndexSearcher searcher = manager.Acquire();
        var found = Assert.IsType<SpladeTopDocs>(searcher.Search(Query, 5));
        Assert.Equal(Documents.Length, found.TotalHits);
        Assert.Equal(SearchAlgorithm.Windows, Assert.Single(found.Segments).Algorithm);
        manager.Release(searcher);
    }

    private static SpladeQuery Negative() => new(VectorIndex.Field, Query.Vector) { Boost = -1 };

    private static BooleanQuery Beside() => new(disableCoord: true)
    {
        { Query, Occur.SHOULD }, { new TermQuery(new Term("number", "11")), Occur.SHOULD },
    };

    private static IEnumerable<(int, float)> Hits(TopDocs found) => found.ScoreDocs.Select(hit => (hit.Doc, hit.Score));

    private static void AssertSame(TopDocs expected, TopDocs found)
    {
        Assert.Equal(Hits(expected), Hits(found));
        Assert.Equal(expected.TotalHits, found.TotalHits);
        Assert.Equal(expected.MaxScore, found.MaxScore);
    }
}
