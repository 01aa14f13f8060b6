using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Search.Scoring;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>The scorers over impacts beside those over postings, across the borders of windows.</summary>
public sealed class ImpactScorerTests : IDisposable
{
    private const int Documents = 140_000;

    private readonly VectorIndex _index = new([Enumerable.Range(0, Documents).Select(VectorOf)], [0, 5, 65_535, 65_536]);
    private readonly SpladeQuery _query = new(VectorIndex.Field, VectorIndex.Impacts(("all", 3), ("some", 7), ("few", 90)));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(40, 300)]
    [InlineData(3_000, 60_000)]
    public void NextDocAndAdvance_AnyMixture_EqualsPostings(int rarely, int furthest)
    {
        Scorer expected = Scorer(new IndexSearcher(_index.Reader)), found = Scorer(Ours());
        Assert.IsType<ImpactScorer>(found);
        var random = new Random(rarely);
        for (int doc = -1; doc != DocIdSetIterator.NO_MORE_DOCS;)
        {
            int target = Math.Max(doc, 0) + 1 + random.Next(furthest);
            bool next = random.Next(rarely) == 0;
            doc = next ? expected.NextDoc() : expected.Advance(target);
            Assert.Equal(doc, next ? found.NextDoc() : found.Advance(target));
            if (doc != DocIdSetIterator.NO_MORE_DOCS) Assert.Equal(expected.GetScore(), found.GetScore());
        }
    }

    [Fact]
    public void Score_InPieces_CollectsWhatPostingsDo()
    {
        Assert.Equal(Collect(new IndexSearcher(_index.Reader), 2048), Collect(Ours(), 2048));
        Assert.Equal(Collect(Ours(), int.MaxValue), Collect(Ours(), 7777));
    }

    [Fact]
    public void GetCost_Always_IsThatOfPostings() =>
        Assert.Equal(Scorer(new IndexSearcher(_index.Reader)).GetCost(), Scorer(Ours()).GetCost());

    [Fact]
    public void Score_CollectorThatHasEnough_GivesTheBufferBack()
    {
        Weight weight = Ours().CreateNormalizedWeight(_query);
        void Score() => Assert.Throws<CollectionTerminatedException>(
            () => weight.GetBulkScorer(Leaf, scoreDocsInOrder: true, null).Score(new Enough(), int.MaxValue));
        Score();
        const int Scorers = 100;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Scorers; i++) Score();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Scorers * 50_000);
    }

    // As scorers of optional and of excluded clauses do, which nobody runs to their end.
    [Fact]
    public void Score_LeftInAWindow_TakesNothingLargeWithIt()
    {
        Weight weight = Ours().CreateNormalizedWeight(_query);
        weight.GetScorer(Leaf, null).NextDoc();
        const int Scorers = 100;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Scorers; i++) weight.GetScorer(Leaf, null).NextDoc();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Scorers * 50_000);
    }

    public void Dispose() => _index.Dispose();

    private static SparseVector VectorOf(int doc) => VectorIndex.Impacts([
        .. doc is > 66_000 and < 131_072 ? [("other", 1)] : new[] { ("all", 1 + (doc % 255)) },
        .. doc % 50 == 0 ? new[] { ("some", 1 + (doc % 200)) } : [],
        .. doc % 9_973 == 0 ? new[] { ("few", 255) } : []]);

    private SpladeSearcher Ours() => new(_index.Reader, new SpladeSearcherOptions { Impacts = new ImpactCache() });

    private AtomicReaderContext Leaf => Assert.Single(_index.Reader.Leaves);

    private Scorer Scorer(IndexSearcher searcher) =>
        searcher.CreateNormalizedWeight(_query).GetScorer(Leaf, Leaf.AtomicReader.LiveDocs);

    private List<(int, float)> Collect(IndexSearcher searcher, int piece)
    {
        BulkScorer scorer = searcher.CreateNormalizedWeight(_query)
            .GetBulkScorer(Leaf, scoreDocsInOrder: true, Leaf.AtomicReader.LiveDocs);
        var collector = new Keeping();
        int max = piece;
        while (scorer.Score(collector, max)) max = (int)Math.Min(int.MaxValue, (long)max + piece);
        return collector.Hits;
    }

    private sealed class Enough : ICollector
    {
        public bool AcceptsDocsOutOfOrder => false;

        public void SetScorer(Scorer scorer)
        {
        }

        public void Collect(int doc) => throw new CollectionTerminatedException();

        public void SetNextReader(AtomicReaderContext context)
        {
        }
    }

    private sealed class Keeping : ICollector
    {
        private Scorer? _scorer;

        public List<(int, float)> Hits { get; } = [];

        public bool AcceptsDocsOutOfOrder => false;

        public void SetScorer(Scorer scorer) => _scorer = scorer;

        public void Collect(int doc) => Hits.Add((doc, _scorer!.GetScore()));

        public void SetNextReader(AtomicReaderContext context)
        {
        }
    }
}
