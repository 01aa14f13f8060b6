using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>What an approximate search may miss, and what it may not do.</summary>
public sealed class ApproximationTests
{
    private static readonly SpladeSearchOptions Exact = new() { CountAllHits = false };

    // Block maxima even for the smallest segments.
    private static readonly SpladeSearcherOptions Blocks =
        new() { Impacts = new ImpactCache(new ImpactCacheOptions { LeastDocumentsForBlocks = 0 }) };

    [Fact]
    public void SearchTop_Approximate_MissesAFewAndScoresTheRestExactly()
    {
        int found = 0, wanted = 0;
        foreach (var (index, random, seed) in GeneratedIndex.Each(
            Enumerable.Range(5600, 12), 500..3000, 40..400, WeightEncoding.Payload))
        {
            var query = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(30))
            {
                Floor = new ScoreFloor { ShareOfBest = random.Next(2) * 0.5f },
            };
            var all = BruteForce.Hits(index, query).ToDictionary(hit => hit.Doc, hit => hit.Score);
            var searcher = new SpladeSearcher(index.Reader, Blocks);
            SpladeSearchOptions approximate = Exact with { Approximation = 0.6, Algorithm = SearchAlgorithm.BlockMax };
            SpladeTopDocs top = searcher.SearchTop(query, 10, options: approximate);

            Assert.True(top.IsApproximate, $"seed {seed}");
            Assert.All(top.ScoreDocs, hit => Assert.Equal(all.GetValueOrDefault(hit.Doc), hit.Score));
            Assert.Equal(top.ScoreDocs.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc), top.ScoreDocs);
            found += Common(searcher.SearchTop(query, 10, options: Exact), top);
            wanted += Math.Min(10, all.Count);
        }

        Assert.InRange(found, 0.5 * wanted, wanted);
    }

    // The light term puts the last documents first by more than a block is allowed for it; and there are more blocks than are looked at together.
    [Fact]
    public void SearchTop_DocumentThatOwesItsPlaceToALightTerm_IsMissed()
    {
        SparseVector[] documents =
        [
            .. Enumerable.Range(0, 640).Select(i => VectorIndex.Impacts(("heavy", 100))),
            .. Enumerable.Range(0, 64).Select(i => VectorIndex.Impacts(("heavy", 84), ("light", 200))),
        ];
        using var index = new VectorIndex([documents]);
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("heavy", 200), ("light", 20)));
        var searcher = new SpladeSearcher(index.Reader, Blocks);
        SpladeSearchOptions approximate = Exact with { Approximation = 0.1, Algorithm = SearchAlgorithm.BlockMax };

        Assert.Equal(0, Common(
            searcher.SearchTop(query, 3, options: Exact), searcher.SearchTop(query, 3, options: approximate)));
        Assert.Equal(0, searcher.MeasureRecall([query], 3, approximate));
        Assert.Equal(1, searcher.MeasureRecall([query], 3, approximate with { Approximation = 0.04 }));
    }

    // Blocks of light terms alone have no bound; they are looked at where fewer hits are known than are wanted.
    [Theory]
    [InlineData(SearchAlgorithm.BlockMax)]
    [InlineData(SearchAlgorithm.Automatic)]
    public void SearchTop_FewerMatchesOfHeavyTermsThanAreWanted_FindsThoseOfLightOnesToo(SearchAlgorithm algorithm)
    {
        SparseVector[] documents =
        [
            .. Enumerable.Range(0, 20).Select(i => VectorIndex.Impacts(("heavy", 100))),
            .. Enumerable.Range(0, 640).Select(i => VectorIndex.Impacts(("light", 10))),
        ];
        using var index = new VectorIndex([documents]);
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("heavy", 200), ("light", 10)));
        var searcher = new SpladeSearcher(index.Reader, Blocks);
        SpladeSearchOptions approximate = Exact with { Approximation = 0.1, Algorithm = algorithm };

        SpladeTopDocs few = searcher.SearchTop(query, 10, options: approximate), many = searcher.SearchTop(query, 300, options: approximate);

        Assert.Equal(algorithm == SearchAlgorithm.BlockMax, few.IsApproximate);
        Assert.Equal(Enumerable.Range(0, 300), many.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal((false, true), (many.IsApproximate, many.TotalHitsIsLowerBound));
    }

    [Fact]
    public void SearchTop_PruningThatLeavesOutNoTerm_IsExact()
    {
        using var index = new VectorIndex([[VectorIndex.Impacts(("heavy", 100)), VectorIndex.Impacts(("light", 100))]]);
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("heavy", 100), ("light", 1)));
        var searcher = new SpladeSearcher(index.Reader, Blocks);

        Assert.False(searcher.SearchTop(query, 3, options: Exact with { TermPruning = new() { HeaviestTerms = 2 } }).IsApproximate);
        Assert.True(searcher.SearchTop(query, 3, options: Exact with { TermPruning = new() { HeaviestTerms = 1 } }).IsApproximate);
    }

    [Fact]
    public void SearchTop_ApproximateForFewerThanTheFloorNeeds_IsOneSearch()
    {
        using var index = new VectorIndex([[.. Enumerable.Range(0, 200).Select(i => VectorIndex.Impacts(("heavy", 1 + i)))]]);
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("heavy", 200), ("light", 20)))
        {
            Floor = new ScoreFloor { ShareOfBest = 0.5f },
        };
        var searcher = new SpladeSearcher(index.Reader, Blocks);
        SpladeSearchOptions approximate = Exact with { Approximation = 0.1, Algorithm = SearchAlgorithm.BlockMax };

        SpladeTopDocs top = searcher.SearchTop(query, 3, options: approximate);

        Assert.Equal([199, 198, 197], top.ScoreDocs.Select(hit => hit.Doc));
        Assert.True(query.Best.IsAskedFor(query, index.Reader));
    }

    [Fact]
    public void SearchTop_ApproximateAndContradictory_IsRefusedByName()
    {
        using var index = new VectorIndex([[VectorIndex.Impacts(("heavy", 1))]]);
        var searcher = new SpladeSearcher(index.Reader);
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("heavy", 1)));
        SpladeSearchOptions[] contradictory =
        [
            new() { Approximation = 0.1 },
            Exact with { Approximation = 0.1, Algorithm = SearchAlgorithm.Windows },
            Exact with { Approximation = 0.1, Algorithm = SearchAlgorithm.Postings },
        ];

        foreach (SpladeSearchOptions options in contradictory)
        {
            Assert.Contains("Approximation", Assert.Throws<ArgumentException>(
                () => searcher.SearchTop(query, 3, options: options)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Options_Contradictory_AreRefusedAtOnceUnderTheirOwnName()
    {
        using var index = new VectorIndex([[VectorIndex.Impacts(("heavy", 1))]]);
        var searcher = new SpladeSearcher(index.Reader);
        var contradictory = new SpladeSearchOptions { Approximation = 0.1 };

        Assert.Equal("value", Assert.Throws<ArgumentException>(() => new SpladeSearcherOptions { Search = contradictory }).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentException>(() => searcher.MeasureRecall([], 3, contradictory)).ParamName);
        Assert.Equal("n", Assert.Throws<ArgumentException>(() => searcher.MeasureRecall([], 0, Exact)).ParamName);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1)]
    public void Approximation_NoShareUnderOne_Throws(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeSearchOptions { Approximation = share });

    [Fact]
    public void MeasureRecall_NoHits_IsOne()
    {
        using var index = new VectorIndex([[VectorIndex.Impacts(("heavy", 1))]]);
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("absent", 1)));
        Assert.Equal(1, new SpladeSearcher(index.Reader).MeasureRecall([query], 3, Exact));
    }

    private static int Common(TopDocs one, TopDocs other) =>
        one.ScoreDocs.Select(hit => hit.Doc).Intersect(other.ScoreDocs.Select(hit => hit.Doc)).Count();
}
