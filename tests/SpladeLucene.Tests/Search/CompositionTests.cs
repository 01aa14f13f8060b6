using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>
/// A query inside Lucene's own: in a <see cref="SpladeSearcher"/>, over impacts in memory, it finds what it finds in an
/// <c>IndexSearcher</c>, over postings, to the last bit of each score.
/// </summary>
public sealed class CompositionTests
{
    private static readonly ImpactCache Cache =
        new(new ImpactCacheOptions { BudgetInBytes = 1 << 30, LeastDocumentsForBlocks = 64 });

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Search_EveryComposition_EqualsThatOverPostings(WeightEncoding encoding)
    {
        foreach (var (index, random, seed) in GeneratedIndex.Each(
            Enumerable.Range(5000, 40), 0..400, 1..80, encoding))
        {
            // What a query remembers of one reader the other is not to know.
            using DirectoryReader again = DirectoryReader.Open(index.Reader.Directory);
            var plain = new IndexSearcher(again);
            var ours = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { Impacts = Cache });
            var splade = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(random.Next(1, 40)))
            {
                Floor = new ScoreFloor { ShareOfBest = random.Next(2) * random.NextSingle() },
            };
            var other = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(3)) { Boost = 0.37f };
            foreach (Query query in Compositions(splade, other))
                CompareEveryWay(plain, ours, query, $"seed {seed}: {query}");
        }
    }

    [Fact]
    public void Search_NoBudget_FindsTheSameOverPostings()
    {
        using var index = new GeneratedIndex(5100, 300, 40, WeightEncoding.Payload);
        var cache = new ImpactCache(new ImpactCacheOptions { BudgetInBytes = 0 });
        var ours = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { Impacts = cache });
        var splade = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20));
        foreach (Query query in Compositions(splade, splade))
            CompareEveryWay(new IndexSearcher(index.Reader), ours, query, query.ToString());
        Assert.True(cache.Statistics.Refused > 0);
    }

    [Fact]
    public void Search_InsideABooleanQuery_BuildsImpacts()
    {
        using var index = new GeneratedIndex(5200, 300, 40, WeightEncoding.Payload);
        var cache = new ImpactCache();
        var ours = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { Impacts = cache });
        var splade = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20));

        ours.Search(Boolean((splade, Occur.SHOULD), (Group(1), Occur.SHOULD)), 5);

        Assert.Equal(index.Reader.Leaves.Count, cache.Statistics.Entries);
    }

    private static IEnumerable<Query> Compositions(SpladeQuery splade, SpladeQuery other)
    {
        yield return Boolean((splade, Occur.SHOULD), (Group(1), Occur.SHOULD));
        yield return Boolean((splade, Occur.SHOULD), (Group(1), Occur.SHOULD), (other, Occur.SHOULD));
        yield return Boolean((Group(1), Occur.MUST), (splade, Occur.SHOULD));
        yield return Boolean((Group(2), Occur.MUST), (splade, Occur.MUST));
        yield return Boolean((splade, Occur.MUST), (other, Occur.MUST), (Group(0), Occur.MUST));
        yield return Boolean((splade, Occur.MUST), (Group(3), Occur.MUST_NOT));
        yield return Boolean((splade, Occur.MUST), (other, Occur.SHOULD), (Group(3), Occur.SHOULD));
        yield return Boolean((Group(1), Occur.SHOULD), (splade, Occur.MUST_NOT));
        BooleanQuery two = Boolean((splade, Occur.SHOULD), (other, Occur.SHOULD), (Group(1), Occur.SHOULD));
        two.MinimumNumberShouldMatch = 2;
        yield return two;
        yield return Boolean(
            (Boolean((splade, Occur.SHOULD), (other, Occur.SHOULD)), Occur.MUST), (Group(1), Occur.MUST));
        yield return new ConstantScoreQuery(splade) { Boost = 3 };
        yield return new DisjunctionMaxQuery(0.3f) { splade, Group(1), other };
        yield return new CustomScoreQuery(splade) { Boost = 0.7f };
        yield return new BoostingQuery(splade, Group(2), 0.3f);
        foreach (FilteredQuery.FilterStrategy strategy in Strategies())
            yield return new FilteredQuery(splade, new QueryWrapperFilter(Group(2)), strategy) { Boost = 1.3f };
    }

    private static IEnumerable<FilteredQuery.FilterStrategy> Strategies() =>
    [
        FilteredQuery.RANDOM_ACCESS_FILTER_STRATEGY, FilteredQuery.LEAP_FROG_FILTER_FIRST_STRATEGY,
        FilteredQuery.LEAP_FROG_QUERY_FIRST_STRATEGY, FilteredQuery.QUERY_FIRST_FILTER_STRATEGY,
    ];

    private static void CompareEveryWay(IndexSearcher plain, IndexSearcher ours, Query query, string because)
    {
        int all = Math.Max(1, plain.IndexReader.MaxDoc);
        var odd = new BitFilter(doc => doc % 2 == 1);
        var byNumber = new Sort(new SortField("number", SortFieldType.STRING));
        foreach (int n in new[] { 3, all })
        {
            Compare(plain.Search(query, n), ours.Search(query, n), because);
            Compare(plain.Search(query, odd, n), ours.Search(query, odd, n), because + ", filtered");
            Compare(plain.Search(query, odd, n, byNumber, true, true), ours.Search(query, odd, n, byNumber, true, true),
                because + ", sorted");
        }

        foreach (ScoreDoc hit in plain.Search(query, 2).ScoreDocs)
            Assert.Equal(plain.Explain(query, hit.Doc).ToString(), ours.Explain(query, hit.Doc).ToString());
    }

    private static void Compare(TopDocs expected, TopDocs found, string because)
    {
        Assert.True(expected.TotalHits == found.TotalHits, because);
        Assert.True(Same(expected.MaxScore, found.MaxScore), because);
        Assert.True(expected.ScoreDocs.Length == found.ScoreDocs.Length, because);
        for (int i = 0; i < found.ScoreDocs.Length; i++)
        {
            (ScoreDoc one, ScoreDoc two) = (expected.ScoreDocs[i], found.ScoreDocs[i]);
            Assert.True(one.Doc == two.Doc && Same(one.Score, two.Score), $"{because}, hit {i}: {one} and {two}");
        }
    }

    private static bool Same(float one, float two) =>
        BitConverter.SingleToInt32Bits(one) == BitConverter.SingleToInt32Bits(two);

    private static TermQuery Group(int number) =>
        new(new Term("group", number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static BooleanQuery Boolean(params (Query Query, Occur Occur)[] clauses)
    {
        var query = new BooleanQuery();
        foreach ((Query clause, Occur occur) in clauses) query.Add(clause, occur);
        return query;
    }
}
