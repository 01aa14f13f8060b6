using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>A hybrid search of segments of several windows, against the same over Lucene's postings.</summary>
public sealed class HybridWindowsTests : IClassFixture<HybridWindowsTests.LargeIndex>
{
    private const int Documents = 66_000;

    private readonly LargeIndex _index;

    public HybridWindowsTests(LargeIndex index) => _index = index;

    [Theory]
    [InlineData(0.5, 0, false)]
    [InlineData(0.5, 0.9, false)]
    [InlineData(0.5, 0.5, true)]
    [InlineData(0, 0, false)]
    [InlineData(1, 0.99, true)]
    public void Search_SeveralWindowsAndSegments_FindsWhatPostingsGive(double weight, float floor, bool filtered)
    {
        DirectoryReader reader = _index.Vectors.Reader;
        var none = new SpladeSearcherOptions { Impacts = new ImpactCache(new ImpactCacheOptions { BudgetInBytes = 0 }) };
        HybridSearcher[] searchers =
            [new(new SpladeSearcher(reader)), new(new SpladeSearcher(reader, none))];
        var meaning = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("a", 3), ("b", 1)))
        {
            Floor = new ScoreFloor { ShareOfBest = floor },
        };
        var query = new HybridQuery(Words("3", "4", "65535", "65541", "65999", "66001"), meaning) { MeaningWeight = weight };
        // Asked twice: what such a filter keeps is remembered in another form.
        var filter = filtered ? new CachingWrapperFilter(new QueryWrapperFilter(new PrefixQuery(new Term("number", "6")))) : null;

        for (int time = 0; time < 2; time++)
        {
            HybridTopDocs[] found = [.. searchers.Select(searcher => searcher.Search(query, 12, filter))];
            HybridTopDocs[] next = [.. searchers.Select(searcher => searcher.Search(query, 12, filter, found[0].Hits[^1]))];
            foreach (HybridTopDocs[] pair in new[] { found, next })
            {
                Assert.Equal((pair[1].TotalHits, pair[1].MaxScore), (pair[0].TotalHits, pair[0].MaxScore));
                Assert.Equal(pair[1].Hits.Select(Whole), pair[0].Hits.Select(Whole));
            }
        }
    }

    // One window is left out, and the words have a hit beside each border.
    [Theory]
    [InlineData(0, 65_536)]
    [InlineData(65_536, 66_000)]
    [InlineData(66_000, 66_030)]
    public void Search_FilterThatPassesOneWindow_FindsWhatPostingsGive(int from, int to)
    {
        DirectoryReader reader = _index.Vectors.Reader;
        var filter = new BitFilter(doc => doc >= from && doc < to);
        var meaning = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("a", 3), ("b", 1)));
        BooleanQuery words = Words("3", "4", "65535", "65536", "65999", "66000");
        var either = new BooleanQuery(disableCoord: true) { { words, Occur.SHOULD }, { meaning, Occur.SHOULD } };
        string[] Found(IndexSearcher searcher) =>
            [.. searcher.Search(either, filter, 20).ScoreDocs.Select(hit => $"{hit.Doc} {BitConverter.SingleToInt32Bits(hit.Score)}")];
        HybridTopDocs Fused(SpladeSearcher searcher) => new HybridSearcher(searcher).Search(new HybridQuery(words, meaning), 20, filter);
        var none = new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = new ImpactCache(new ImpactCacheOptions { BudgetInBytes = 0 }) });
        var ours = new SpladeSearcher(reader);

        Assert.Equal(Found(none), Found(ours));
        Assert.Equal(Fused(none).Hits.Select(Whole), Fused(ours).Hits.Select(Whole));
        Assert.Equal(Fused(none).TotalHits, Fused(ours).TotalHits);
    }

    private static (int, float, string) Whole(HybridHit hit) => (hit.Doc, hit.Score, string.Join(", ", hit.Parts));

    private static BooleanQuery Words(params string[] numbers)
    {
        var words = new BooleanQuery();
        foreach (string number in numbers) words.Add(new TermQuery(new Term("number", number)), Occur.SHOULD);
        return words;
    }

    public sealed class LargeIndex : IDisposable
    {
        internal VectorIndex Vectors { get; } = new(
            [
                Enumerable.Range(0, Documents)
                    .Select(i => VectorIndex.Impacts(("a", 1 + (i * 7 % 250)), (i % 5 == 0 ? "b" : "c", 1 + (i % 90)))),
                Enumerable.Range(0, 30).Select(i => VectorIndex.Impacts(("a", 200 + i))),
            ],
            deleted: [4, 65_541]);

        public void Dispose() => Vectors.Dispose();
    }
}
