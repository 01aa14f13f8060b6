using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class ScoreFloorTests : IDisposable
{
    // Scores of 100, 30, 29, 60, 10 and, deleted, 250 for a query of one term.
    private readonly VectorIndex _index = new([[One(100), One(30), One(29)], [One(60), One(10), One(250)]], deleted: [5]);
    private readonly ImpactCache _cache = new();

    private SpladeQuery Query { get; } = new(VectorIndex.Field, One(1));

    private IndexSearcher[] Searchers =>
        [new(_index.Reader), new SpladeSearcher(_index.Reader, new SpladeSearcherOptions { Impacts = _cache })];

    [Fact]
    public void ShareOfBest_OfTheLiveDocumentsOfAllSegments_LeavesTheHitsThatReachIt() => Assert.All(Searchers, searcher =>
    {
        TopDocs found = searcher.Search(Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f }), 10);

        Assert.Equal([0, 3, 1], found.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal(3, found.TotalHits);
    });

    [Fact]
    public void ShareOfTenth_TenMatchOrFewer_CountsOnlyThen()
    {
        using var eleven = new VectorIndex([[One(200), One(49), .. Enumerable.Repeat(One(100), 9)]]);
        var floor = new ScoreFloor { ShareOfTenth = 0.5f };
        foreach (IndexSearcher searcher in new[] { new IndexSearcher(eleven.Reader), new SpladeSearcher(eleven.Reader) })
            Assert.Equal(10, searcher.Search(Query.WithFloor(floor), 20).TotalHits);

        Assert.All(Searchers, searcher => Assert.Equal(5, searcher.Search(Query.WithFloor(floor), 20).TotalHits));
    }

    [Fact]
    public void ShareOfBest_UnderAFilterOrOnALaterPage_IsOfTheWholeIndex() => Assert.All(Searchers, searcher =>
    {
        SpladeQuery query = Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f });
        var withoutBest = new BitFilter(doc => doc > 0);

        TopDocs filtered = searcher.Search(query, withoutBest, 10);
        TopDocs sorted = searcher.Search(query, withoutBest, 10, Sort.INDEXORDER);
        TopDocs page = searcher.SearchAfter(filtered.ScoreDocs[0], query, 10);

        Assert.Equal([3, 1], filtered.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal([1, 3], sorted.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal([1], page.ScoreDocs.Select(hit => hit.Doc));
    });

    [Fact]
    public void Score_BeforeBoosts_LeavesTheHitsThatReachIt() => Assert.All(Searchers, searcher =>
    {
        float sixty = searcher.Search(Query, 2).ScoreDocs[1].Score;
        SpladeQuery query = Query.WithFloor(new ScoreFloor { Score = sixty });
        query.Boost = 0.01f;

        Assert.Equal([0, 3], searcher.Search(query, 10).ScoreDocs.Select(hit => hit.Doc));
    });

    [Fact]
    public void ShareOfBest_NothingCounted_CutsWhatIsUnderIt()
    {
        var searcher = (SpladeSearcher)Searchers[1];
        var open = new SpladeSearchOptions { CountAllHits = false };
        SpladeQuery query = Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f });

        // The first search looks for the best ten anyway, which the floor is a share of.
        SpladeTopDocs some = searcher.SearchTop(query, 2, options: open), again = searcher.SearchTop(query, 2, options: open),
            all = searcher.SearchTop(query, 5, options: open);

        Assert.Equal([0, 3], some.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal((3, false), (some.TotalHits, some.TotalHitsIsLowerBound));
        Assert.Equal([0, 3], again.ScoreDocs.Select(hit => hit.Doc));
        Assert.True(again.TotalHitsIsLowerBound);
        Assert.Equal([0, 3, 1], all.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal((3, false), (all.TotalHits, all.TotalHitsIsLowerBound));
    }

    [Fact]
    public void Explain_UnderTheFloor_SaysSo() => Assert.All(Searchers, searcher =>
    {
        SpladeQuery query = Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f });

        Explanation under = searcher.Explain(query, 2);

        Assert.False(under.IsMatch);
        Assert.Equal(0, under.Value);
        Assert.Contains("under the floor", under.ToString(), StringComparison.Ordinal);
        Assert.Contains("0.3 of the best score", under.ToString(), StringComparison.Ordinal);
        Assert.True(searcher.Explain(query, 1).IsMatch);
    });

    [Fact]
    public void Search_TermsPruned_RescoredHitsReachTheFloor()
    {
        var searcher = (SpladeSearcher)Searchers[1];
        SpladeQuery query = new(VectorIndex.Field, VectorIndex.Impacts(("a", 2), ("b", 1)))
        {
            Floor = new ScoreFloor { ShareOfBest = 0.3f },
        };
        var pruning = new QueryTermPruning { HeaviestTerms = 1, Rescored = 10 };

        SpladeTopDocs found = searcher.SearchTop(query, 10, options: new SpladeSearchOptions { TermPruning = pruning });

        Assert.Equal([0, 3, 1], found.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal((3, true), (found.TotalHits, found.TotalHitsIsLowerBound));
    }

    [Fact]
    public void QueryWrapperFilter_OverAShareOfBest_NamesTheWayOut()
    {
        var filter = new QueryWrapperFilter(Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f }));

        string message = Assert.Throws<InvalidOperationException>(
            () => Searchers[0].Search(new MatchAllDocsQuery(), filter, 10)).Message;

        Assert.Contains(nameof(SpladeFilter), message, StringComparison.Ordinal);
    }

    [Fact]
    public void QueryWrapperFilter_OverSegmentsThatAreWrapped_NamesTheWayOut()
    {
        var filter = new QueryWrapperFilter(Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f }));
        AtomicReader[] wrapped = [.. Searchers[0].IndexReader.Leaves.Select(leaf => new FilterAtomicReader(leaf.AtomicReader))];

        Assert.Throws<InvalidOperationException>(() => new IndexSearcher(new MultiReader(wrapped, closeSubReaders: false))
            .Search(new MatchAllDocsQuery(), filter, 10));
    }

    [Fact]
    public void SpladeSearcher_OverASegmentByItself_NamesTheWayOut()
    {
        var floored = new SpladeFilter(Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f }));
        var filter = new QueryWrapperFilter(new FilteredQuery(new MatchAllDocsQuery(), floored));

        Assert.Throws<InvalidOperationException>(() => Searchers[0].Search(new MatchAllDocsQuery(), filter, 10));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SpladeSearcher_OfASegment_IsRefusedWhetherItCountsOrNot(bool counts)
    {
        var searcher = new SpladeSearcher(Searchers[0].IndexReader.Leaves[0].AtomicReader);
        SpladeQuery floored = Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f });
        var options = new SpladeSearchOptions { CountAllHits = counts };

        Assert.Throws<InvalidOperationException>(() => searcher.SearchTop(floored, 10, options: options));
    }

    [Fact]
    public void Equals_AnotherFloor_IsAnotherQuery()
    {
        SpladeQuery floored = Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f });

        Assert.NotEqual(Query, floored);
        Assert.Equal(floored, Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f }));
        Assert.Equal(floored.GetHashCode(), Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f }).GetHashCode());
        Assert.Equal(ScoreFloor.None, Query.Floor);
    }

    [Fact]
    public void ToString_Floor_IsNamed()
    {
        Assert.DoesNotContain("at least", Query.ToString(), StringComparison.Ordinal);
        Assert.Contains("at least 0.3 of the best score",
            Query.WithFloor(new ScoreFloor { ShareOfBest = 0.3f }).ToString(), StringComparison.Ordinal);
        Assert.Equal("2 and 0.3 of the best score", new ScoreFloor { Score = 2, ShareOfBest = 0.3f }.ToString());
        Assert.Equal(("2", "none"), (new ScoreFloor { Score = 2 }.ToString(), ScoreFloor.None.ToString()));
    }

    [Fact]
    public void Create_ShareOfTheEncoder_CountsUnlessTheOptionsSay()
    {
        var encoder = new WordEncoder { FloorShare = 0.25f };
        using DirectoryReader reader = TestIndex.Of(
            [TestIndex.Document(new SpladeField("splade", encoder.Encode("fox"), encoder.Fingerprint))]);
        ScoreFloor FloorOf(SpladeQueryOptions? options) =>
            SpladeQuery.Create(reader, "splade", "fox", encoder, options).Floor;

        Assert.Equal(new ScoreFloor { ShareOfTenth = 0.25f, ShareOfBest = 0.125f }, FloorOf(null));
        Assert.Equal(ScoreFloor.None, FloorOf(new SpladeQueryOptions { Floor = ScoreFloor.None }));
        Assert.Equal(new ScoreFloor { Score = 2 }, FloorOf(new SpladeQueryOptions { Floor = new ScoreFloor { Score = 2 } }));
    }

    public void Dispose() => _index.Dispose();

    private static SparseVector One(int impact) => VectorIndex.Impacts(("a", impact));
}
