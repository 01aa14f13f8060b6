using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Searching;

/// <summary>How hits travel from weights to collectors.</summary>
public sealed class CollectorTests : IDisposable
{
    private readonly Fruit _fruit = new();

    [Fact]
    public void Search_OwnCollector_SeesEachLeafInTurn()
    {
        var collector = new Recorder();
        _fruit.Bm25.Search(Fruit.Term("apple"), collector);

        Assert.Equal("leaf 0 scorer 0:0.50589025 1:0.57662916 leaf 3 scorer 0:0.3419208", collector.ToString());
    }

    [Fact]
    public void Search_FilterAndCollector_CollectsWhatPasses()
    {
        var collector = new Recorder();
        _fruit.Bm25.Search(Fruit.Term("apple"), new QueryWrapperFilter(Fruit.Term("pear")), collector);

        Assert.Equal("leaf 0 scorer 0:0.50589025 leaf 3 scorer 0:0.3419208", collector.ToString());
    }

    [Fact]
    public void ScoresDocsOutOfOrder_EachWeight_SaysWhetherItMay()
    {
        IndexSearcher searcher = _fruit.Bm25;
        var filtered = new FilteredQuery(Fruit.Term("apple"), new QueryWrapperFilter(Fruit.Term("pear")));

        Assert.False(searcher.CreateNormalizedWeight(Fruit.Term("apple")).ScoresDocsOutOfOrder);
        Assert.True(searcher.CreateNormalizedWeight(Fruit.Boolean("apple plum")).ScoresDocsOutOfOrder);
        Assert.False(searcher.CreateNormalizedWeight(Fruit.Boolean("+apple plum")).ScoresDocsOutOfOrder);
        Assert.False(searcher.CreateNormalizedWeight(Fruit.Boolean("apple plum pear ~2")).ScoresDocsOutOfOrder);
        Assert.True(searcher.CreateNormalizedWeight(filtered).ScoresDocsOutOfOrder);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GetBulkScorer_ABoolean_CollectsTheSameInAnyOrder(bool inOrder)
    {
        Weight weight = _fruit.Bm25.CreateNormalizedWeight(Fruit.Boolean("apple plum"));
        AtomicReaderContext leaf = _fruit.Reader.Leaves[1];
        var collector = new Recorder();
        weight.GetBulkScorer(leaf, inOrder, leaf.AtomicReader.LiveDocs).Score(collector);

        Assert.Equal("scorer 0:1.1355615", collector.ToString());
    }

    [Fact]
    public void GetBulkScorer_AnEnd_StopsBeforeItAndGoesOn()
    {
        Weight weight = _fruit.Bm25.CreateNormalizedWeight(Fruit.Term("pear"));
        AtomicReaderContext leaf = _fruit.Reader.Leaves[0];
        BulkScorer scorer = weight.GetBulkScorer(leaf, scoreDocsInOrder: true, acceptDocs: null);
        Recorder first = new(), second = new();

        Assert.True(scorer.Score(first, 2));
        Assert.False(scorer.Score(second, 10));
        Assert.Equal("scorer 0:0.5364053", first.ToString());
        Assert.Equal("scorer 2:0.66665417", second.ToString());
        Assert.Null(_fruit.Bm25.CreateNormalizedWeight(Fruit.Term("melon")).GetBulkScorer(leaf, true, null));
    }

    [Fact]
    public void GetScorer_AcceptedDocuments_AreTheOnlyOnes()
    {
        Weight weight = _fruit.Bm25.CreateNormalizedWeight(Fruit.Term("apple"));
        AtomicReaderContext leaf = _fruit.Reader.Leaves[0];
        var accepted = new FixedBitSet(3);
        accepted.Set(1);
        Scorer scorer = weight.GetScorer(leaf, accepted);

        Assert.Same(weight, scorer.Weight);
        Assert.Equal((1, 1, 0.57662916f), (scorer.NextDoc(), scorer.Freq, scorer.GetScore()));
        Assert.Equal(DocIdSetIterator.NO_MORE_DOCS, scorer.NextDoc());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TopScoreDocCollector_EqualScores_KeepsTheSmallestDocuments(bool inOrder)
    {
        var collector = TopScoreDocCollector.Create(2, inOrder);
        _fruit.Bm25.Search(new MatchAllDocsQuery(), collector);
        TopDocs found = collector.GetTopDocs();

        Assert.Equal("0:1 1:1", Fruit.Hits(found));
        Assert.Equal((5, 5, 1f), (collector.TotalHits, found.TotalHits, found.MaxScore));
        Assert.Equal(!inOrder, collector.AcceptsDocsOutOfOrder);
    }

    [Fact]
    public void TopScoreDocCollector_AfterAHit_KeepsWhatComesBehindIt()
    {
        var collector = TopScoreDocCollector.Create(2, new ScoreDoc(1, 1f), docsScoredInOrder: true);
        _fruit.Bm25.Search(new MatchAllDocsQuery(), collector);
        TopDocs found = collector.GetTopDocs();

        Assert.Equal("2:1 3:1", Fruit.Hits(found));
        Assert.Equal((5, float.NaN), (found.TotalHits, found.MaxScore));
        Assert.ThrowsAny<ArgumentException>(() => TopScoreDocCollector.Create(0, docsScoredInOrder: true));
    }

    [Fact]
    public void TopDocs_NothingFound_HasNoGreatestScore()
    {
        TopDocs found = _fruit.Bm25.Search(Fruit.Term("melon"), 3);
        var own = new TopDocs(7, [new ScoreDoc(1, 2f)], 2f);

        Assert.Equal((0, float.NaN), (found.TotalHits, found.MaxScore));
        Assert.Equal((7, "1:2", 2f), (own.TotalHits, Fruit.Hits(own), own.MaxScore));
    }

    public void Dispose() => _fruit.Dispose();

    private sealed class Recorder : ICollector
    {
        private readonly List<string> _seen = [];
        private Scorer? _scorer;

        public bool AcceptsDocsOutOfOrder => true;

        public void SetScorer(Scorer scorer)
        {
            _scorer = scorer;
            _seen.Add("scorer");
        }

        public void Collect(int doc) => _seen.Add($"{doc}:{_scorer!.GetScore()}");

        public void SetNextReader(AtomicReaderContext context) => _seen.Add($"leaf {context.DocBase}");

        public override string ToString() => string.Join(' ', _seen);
    }
}
