using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Queries.Function;
using Lucene.Net.Queries.Function.ValueSources;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace SpladeLucene.Tests;

/// <summary>Both scores in Lucene's own ways: a rescorer, and function queries.</summary>
public sealed partial class HybridSearcherTests
{
    [Fact]
    public void Rescore_FirstSearchByWords_RanksItsHitsByBoth()
    {
        var searcher = new SpladeSearcher(_reader) { Similarity = new BM25Similarity() };
        TopDocs first = searcher.Search(Word("sick"), 10);
        float sick = first.ScoreDocs.Single(hit => hit.Doc == 3).Score;
        SpladeQuery dog = SpladeQuery.Create(_reader, "splade", "dog", Encoder, new SpladeQueryOptions
        {
            Floor = new ScoreFloor { ShareOfBest = 1 },
        });

        TopDocs found = new SpladeRescorer(dog, 0.25).Rescore(searcher, first, 10);

        float canine = searcher.Search(dog.WithFloor(ScoreFloor.None), 10).ScoreDocs.Single(hit => hit.Doc == 0).Score;
        Assert.Equal([0, 3], found.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal((0.75f * sick) + (0.25f * canine), found.ScoreDocs[0].Score, 5);
        Assert.Equal(0.75f * sick, found.ScoreDocs[1].Score, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeRescorer(dog, double.NaN));
    }

    [Fact]
    public void Rescore_SegmentWithoutTheQuerysTermsOrNoHits_RanksByWhatThereIs()
    {
        using DirectoryReader fox = TestIndex.Of([TestIndex.Document(
            new TextField("body", "sick", Field.Store.YES), new SpladeField("splade", Encoder.Encode("fox"), Encoder.Fingerprint))]);
        using var both = new MultiReader(_reader, fox);
        var searcher = new SpladeSearcher(both) { Similarity = new BM25Similarity() };
        var rescorer = new SpladeRescorer(new SpladeQuery("splade", Encoder.Encode("dog")), 0.25);

        TopDocs found = rescorer.Rescore(searcher, searcher.Search(Word("sick"), 10), 2);

        Assert.Equal(0, found.ScoreDocs[0].Doc);
        Assert.Equal((3, 2), (found.TotalHits, found.ScoreDocs.Length));
        Assert.Empty(rescorer.Rescore(searcher, searcher.Search(Word("nothing"), 10), 10).ScoreDocs);
    }

    [Fact]
    public void Rescore_FirstSearchThatLeavesScoresOut_IsRefusedUnlessTheMeaningAloneCounts()
    {
        var searcher = new SpladeSearcher(_reader);
        TopDocs Sorted() => searcher.Search(new MatchAllDocsQuery(), null, 10, new Sort(new SortField(null, SortFieldType.DOC, true)));
        var canine = new SpladeQuery("splade", Encoder.Encode("dog"));

        TopDocs found = new SpladeRescorer(canine, 1).Rescore(searcher, Sorted(), 2);

        Assert.Equal(
            searcher.Search(canine, 2).ScoreDocs.Select(hit => (hit.Doc, hit.Score)), found.ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
        string message = Assert.Throws<ArgumentException>(
            () => new SpladeRescorer(canine, 0.5).Rescore(searcher, Sorted(), 2)).Message;
        Assert.Contains("doDocScores", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public void Rescore_HitOfAnotherIndex_IsRefusedByItsNumberAndLeavesScores(int stranger)
    {
        var rescorer = new SpladeRescorer(new SpladeQuery("splade", Encoder.Encode("dog")), 0.25);
        var found = new TopDocs(2, [new ScoreDoc(0, 2), new ScoreDoc(stranger, 1)], 2);

        string message = Assert.Throws<ArgumentException>(() => rescorer.Rescore(new SpladeSearcher(_reader), found, 2)).Message;

        Assert.Contains($"found document {stranger}, and the searcher's index has 4", message, StringComparison.Ordinal);
        Assert.Equal(2, found.ScoreDocs[0].Score);
    }

    [Fact]
    public void QueryValueSource_OverASpladeQuery_IsItsScore()
    {
        var searcher = new SpladeSearcher(_reader) { Similarity = new BM25Similarity() };
        SpladeQuery dog = SpladeQuery.Create(_reader, "splade", "dog", Encoder);
        var boosted = new CustomScoreQuery(new MatchAllDocsQuery(), new FunctionQuery(new QueryValueSource(dog, 0.125f)));

        Assert.Equal(
            [searcher.Search(dog, 1).ScoreDocs[0].Score, 0.125f],
            new[] { 1, 2 }.Select(doc => searcher.Search(boosted, 10).ScoreDocs.Single(hit => hit.Doc == doc).Score));
    }
}
