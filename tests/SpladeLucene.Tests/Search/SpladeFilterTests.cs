using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class SpladeFilterTests
{
    [Fact]
    public void Search_UnderTheFilter_FindsWhatTheQueryFinds()
    {
        foreach (var (index, random, seed) in GeneratedIndex.Each(
            Enumerable.Range(7000, 20), 0..400, 1..80, WeightEncoding.Payload))
        {
            var query = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(random.Next(1, 40)))
            {
                Floor = new ScoreFloor { ShareOfBest = 0.4f },
            };
            int[] expected = [.. BruteForce.Hits(index, query).Select(hit => hit.Doc).Order()];
            Filter filter = Ours(query, new ImpactCache()), cached = new CachingWrapperFilter(filter);
            var searcher = new IndexSearcher(index.Reader);
            foreach (Filter each in new[] { filter, cached, cached })
            {
                TopDocs found = searcher.Search(new MatchAllDocsQuery(), each, index.Reader.MaxDoc + 1);
                Assert.True(expected.SequenceEqual(found.ScoreDocs.Select(hit => hit.Doc)), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Search_UnderTheFilter_BuildsImpacts()
    {
        using var index = new GeneratedIndex(7100, 300, 40, WeightEncoding.Payload);
        var cache = new ImpactCache();
        var query = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20));

        new IndexSearcher(index.Reader).Search(new MatchAllDocsQuery(), Ours(query, cache), 5);

        Assert.Equal(index.Reader.Leaves.Count, cache.Statistics.Entries);
    }

    [Fact]
    public void Equals_SameQuery_IsTheSameFilter()
    {
        var one = new SpladeFilter(new TermQuery(new Term("a", "b")));

        Assert.Equal(one, new SpladeFilter(new TermQuery(new Term("a", "b"))));
        Assert.Equal(one.GetHashCode(), new SpladeFilter(new TermQuery(new Term("a", "b"))).GetHashCode());
        Assert.NotEqual(one, new SpladeFilter(new TermQuery(new Term("a", "c"))));
    }

    private static SpladeFilter Ours(Query query, ImpactCache cache) =>
        new(query, new SpladeSearcherOptions { Impacts = cache });
}
