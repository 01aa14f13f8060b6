using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Search.Simd;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>Every algorithm at every vector width over generated indexes, compared with scoring everything.</summary>
public sealed class SpladeSearcherOracleTests
{
    private static readonly SearchAlgorithm[] Algorithms = Enum.GetValues<SearchAlgorithm>();
    private static readonly VectorWidth[] Widths = Enum.GetValues<VectorWidth>();

    // Block maxima even for the smallest segments.
    private static readonly ImpactCache Cache =
        new(new ImpactCacheOptions { BudgetInBytes = 1 << 30, LeastDocumentsForBlocks = 0 });

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Search_SmallGeneratedIndexes_EqualsBruteForce(WeightEncoding encoding) =>
        CompareEach(Enumerable.Range(2000, 60), 0..120, 1..60, encoding);

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Search_IndexesAcrossBlockBorders_EqualsBruteForce(WeightEncoding encoding) =>
        CompareEach(Enumerable.Range(3000, 4), 500..3000, 5..3000, encoding);

    private static void CompareEach(IEnumerable<int> seeds, Range documents, Range vocabulary, WeightEncoding encoding)
    {
        foreach (var (index, random, seed) in GeneratedIndex.Each(seeds, documents, vocabulary, encoding))
        {
            foreach (SpladeQuery query in Queries(index, random)) Compare(index, query, seed);
        }
    }

    private static IEnumerable<SpladeQuery> Queries(GeneratedIndex index, Random random)
    {
        yield return new SpladeQuery(GeneratedIndex.Field, index.RandomVector(random.Next(1, 10)));
        yield return new SpladeQuery(GeneratedIndex.Field, index.RandomVector(40)) { Boost = 0.3f };
        yield return new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20)) { Floor = Share(random) };
        yield return new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20)) { Floor = Share(random), Boost = 0.7f };
        yield return new SpladeQuery(GeneratedIndex.Field, index.RandomVector(3, largest: 0.1f)) { Boost = 1e-30f };
        yield return new SpladeQuery(GeneratedIndex.Field, index.RandomVector(1000, largest: 15.6f, vocabulary: 1500));
    }

    private static ScoreFloor Share(Random random) => new()
    {
        ShareOfBest = random.Next(2) * random.Next(11) / 10f, ShareOfTenth = random.Next(2) * random.Next(11) / 10f,
    };

    private static void Compare(GeneratedIndex index, SpladeQuery query, int seed)
    {
        IReadOnlyList<ScoreDoc> all = BruteForce.Hits(index, query);
        IReadOnlyList<ScoreDoc> filtered = BruteForce.Hits(index, query, group: 2);
        var filter = new QueryWrapperFilter(new TermQuery(new Term("group", "2")));
        var searcher = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { Impacts = Cache });
        int most = index.Reader.MaxDoc + 1;
        foreach (SpladeSearchOptions options in Ways())
        {
            bool counted = options.CountAllHits;
            string because = $"seed {seed}, {query}, {options.Algorithm}, {options.CountAllHits}, {options.Vectors}";
            foreach (int k in new[] { 1, 10, most })
                TopDocsAssert.Equal(all, searcher.SearchTop(query, k, options: options), k, because, counted);
            TopDocsAssert.Equal(filtered, searcher.SearchTop(query, 7, filter, options: options), 7, because, counted);
            ComparePage(searcher, query, all, options, because);
            CompareScore(index, searcher, query, all, options, because);
        }
    }

    private static IEnumerable<SpladeSearchOptions> Ways()
    {
        foreach (VectorWidth width in Widths)
        {
            foreach (SearchAlgorithm algorithm in Algorithms)
                yield return new SpladeSearchOptions { Algorithm = algorithm, CountAllHits = false, Vectors = width };
            yield return new SpladeSearchOptions { Algorithm = SearchAlgorithm.Windows, Vectors = width };
            yield return new SpladeSearchOptions { Algorithm = SearchAlgorithm.Postings, Vectors = width };
        }
    }

    private static void ComparePage(SpladeSearcher searcher, SpladeQuery query, IReadOnlyList<ScoreDoc> all,
        SpladeSearchOptions options, string because)
    {
        if (all.Count < 4) return;
        SpladeTopDocs page = searcher.SearchTop(query, 5, after: all[2], options: options);
        TopDocsAssert.Equal([.. all.Skip(3)], page, 5, because + ", second page", counted: null);
        if (options.CountAllHits) Assert.Equal(all.Count, page.TotalHits);
    }

    private static void CompareScore(GeneratedIndex index, SpladeSearcher searcher, SpladeQuery query,
        IReadOnlyList<ScoreDoc> all, SpladeSearchOptions options, string because)
    {
        if (all.Count == 0) return;
        float boost = query.Quantized.Unit * query.Boost, least = all[all.Count / 2].Score / boost * query.Quantized.Unit;
        SpladeQuery floored = query.WithFloor(query.Floor with { Score = least });
        SpladeTopDocs found = searcher.SearchTop(floored, 9, options: options);
        TopDocsAssert.Equal(BruteForce.Hits(index, floored), found, 9, because + $", at least {least}", options.CountAllHits);
    }
}
