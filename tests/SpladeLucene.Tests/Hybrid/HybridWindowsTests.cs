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
