using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Impacts;
using SpladeLucene.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>The hits over a floor are found once a query and reader. Whatever is asked then is what it would be without that.
/// </summary>
public sealed class FloorHitsTests
{
    private static readonly ImpactCache Cache =
        new(new ImpactCacheOptions { BudgetInBytes = 1 << 30, LeastDocumentsForBlocks = 64 });

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Search_HitsRememberedOrNotOrTooMany_FindsTheSame(WeightEncoding encoding)
    {
        foreach (var (index, random, seed) in GeneratedIndex.Each(Enumerable.Range(5300, 40), 0..400, 1..80, encoding))
        {
            SparseVector vector = index.RandomVector(random.Next(1, 40));
            var floor = new ScoreFloor { ShareOfBest = random.NextSingle(), ShareOfTenth = random.Next(2) * random.NextSingle() };
            SpladeQuery Query(int most) => new(GeneratedIndex.Field, vector)
            {
                Floor = floor, Boost = seed % 2 == 0 ? 1 : 0.37f, Best = new BestHits(most),
            };
            foreach (IndexSearcher searcher in Searchers(index.Reader))
            {
                string[] expected = Told(searcher, () => Query(0));
                Assert.Equal(expected, Told(searcher, () => Query(1 << 17)));
                Assert.Equal(expected, Told(searcher, () => Query(3)));
                SpladeQuery one = Query(1 << 17);
                Assert.Equal(expected, Told(searcher, () => one));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1 << 17)]
    public void Search_SegmentOfTwoWindows_FindsAllOrGivesUpAfterTheFirst(int remembered)
    {
        const int Documents = SegmentImpacts.WindowSize + 3000, Impacts = 200;
        SparseVector[] vectors = [.. Enumerable.Range(1, Impacts).Select(One)];
        using var index = new VectorIndex([[.. Enumerable.Range(0, Documents).Select(doc => vectors[doc % Impacts])]]);
        var query = new SpladeQuery(VectorIndex.Field, One(1))
        {
            Floor = new ScoreFloor { ShareOfBest = 0.5f }, Best = new BestHits(remembered),
        };
        int[] expected = [.. Enumerable.Range(0, Documents).Where(doc => (doc % Impacts) + 1 >= Impacts / 2)];

        TopFieldDocs found = new SpladeSearcher(index.Reader).Search(query, null, Documents, Sort.INDEXORDER);

        Assert.Equal(expected, found.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal(expected.Length, new SpladeSearcher(index.Reader).Search(query, 1).TotalHits);
    }

    [Fact]
    public void Search_AfterOneOverPostings_ReportsThatNothingWasReadAgain()
    {
        using var index = new VectorIndex([[One(100), One(30), One(60)]]);
        var cold = new ImpactCache(new ImpactCacheOptions { BuildOnFirstSearch = false });
        var searcher = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { Impacts = cold });
        SpladeQuery query = new(VectorIndex.Field, One(1)) { Floor = new ScoreFloor { ShareOfBest = 0.5f } };

        Assert.Equal(FallbackReason.NotWarmed, searcher.SearchTop(query, 3).Segments[0].Fallback);
        Assert.Equal(FallbackReason.None, searcher.SearchTop(query, 3).Segments[0].Fallback);
    }

    [Fact]
    public void Search_SecondFloorOfOneQuery_CountsItsOwnHits()
    {
        using var index = new VectorIndex([[One(100), One(30), One(60)]]);
        var searcher = new SpladeSearcher(index.Reader);
        var query = new SpladeQuery(VectorIndex.Field, One(1));
        foreach (float share in new[] { 0.5f, 0.1f, 0.5f })
        {
            SpladeQuery floored = query.WithFloor(new ScoreFloor { ShareOfBest = share });
            Assert.Equal(share == 0.5f ? 2 : 3, searcher.Search(floored, 1).TotalHits);
            Assert.Equal(share == 0.5f ? 2 : 3, searcher.Search(floored, null, 5, Sort.INDEXORDER).TotalHits);
        }
    }

    [Fact]
    public void Over_TwoFloorsOfOneQueryInTurn_FindsTheHitsOfEachOnce()
    {
        using var index = new VectorIndex([[One(100), One(30), One(60)]]);
        var searcher = new SpladeSearcher(index.Reader);
        var query = new SpladeQuery(VectorIndex.Field, One(1));
        SpladeQuery Floored(float share) => query.WithFloor(new ScoreFloor { ShareOfBest = share });
        FloorHits strict = searcher.Over(Floored(0.5f)), loose = searcher.Over(Floored(0.1f));

        Assert.Equal((2, 3), (strict.Hits?.Count, loose.Hits?.Count));
        for (int i = 0; i < 2; i++)
        {
            Assert.Same(strict.Hits, searcher.Over(Floored(0.5f)).Hits);
            Assert.Same(loose.Hits, searcher.Over(Floored(0.1f)).Hits);
        }
    }

    [Fact]
    public void Search_AbsoluteScoreAboveTheShare_Counts()
    {
        using var index = new VectorIndex([[One(100), One(30), One(60)]]);
        var searcher = new SpladeSearcher(index.Reader);
        var query = new SpladeQuery(VectorIndex.Field, One(1));
        float sixty = searcher.Search(query, 2).ScoreDocs[1].Score;

        SpladeQuery floored = query.WithFloor(new ScoreFloor { ShareOfBest = 0.1f, Score = sixty });

        Assert.Equal([0, 2], searcher.Search(floored, 3).ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal([0, 2], searcher.Search(floored, null, 3, Sort.INDEXORDER).ScoreDocs.Select(hit => hit.Doc));
    }

    private static SparseVector One(int impact) => VectorIndex.Impacts(("a", impact));

    private static IEnumerable<IndexSearcher> Searchers(IndexReader reader) =>
    [
        new IndexSearcher(reader),
        new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = Cache }),
        new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = Cache, DegreeOfParallelism = 3 }),
        new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = Nothing }),
    ];

    private static ImpactCache Nothing { get; } = new(new ImpactCacheOptions { BudgetInBytes = 0 });

    private static string[] Told(IndexSearcher searcher, Func<SpladeQuery> query)
    {
        int all = Math.Max(1, searcher.IndexReader.MaxDoc);
        var odd = new BitFilter(doc => doc % 2 == 1);
        var found = new List<TopDocs> { searcher.Search(query(), 3) };
        if (found[0].ScoreDocs.Length > 0) found.Add(searcher.SearchAfter(found[0].ScoreDocs[^1], query(), all));
        found.Add(searcher.Search(query(), all));
        found.Add(searcher.Search(query(), odd, all));
        found.Add(searcher.Search(query(), odd, 5, Sort.INDEXORDER, true, true));
        found.Add(searcher.Search(new ConstantScoreQuery(query()), all));
        found.Add(searcher.Search(Beside(query(), Occur.SHOULD), all));
        found.Add(searcher.Search(Beside(query(), Occur.MUST), all));
        if (searcher is SpladeSearcher ours)
        {
            found.Add(new HybridSearcher(ours).Search(new HybridQuery(Group, query()), 7));
            found.Add(new HybridSearcher(ours).Search(new HybridQuery(Group, query()), all, odd));
        }

        return [.. found.Select(Told)];
    }

    private static TermQuery Group => new(new Term("group", "1"));

    private static BooleanQuery Beside(Query query, Occur occur) => new() { { Group, Occur.SHOULD }, { query, occur } };

    private static string Told(TopDocs found) => $"{found.TotalHits}: " + string.Join(' ', found.ScoreDocs.Select(
        hit => $"{hit.Doc}/{BitConverter.SingleToInt32Bits(hit.Score)}"));
}
