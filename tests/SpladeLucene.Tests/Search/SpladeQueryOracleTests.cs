using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>1,000 generated indexes, each searched in several ways and compared with the brute-force dot product.</summary>
public sealed class SpladeQueryOracleTests
{
    private const int SmallIndexes = 980;

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Search_SmallGeneratedIndexes_EqualsBruteForce(WeightEncoding encoding) =>
        CompareEach(Enumerable.Range(0, SmallIndexes / 2), 0..80, 1..60, encoding);

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Search_IndexesAcrossWindowBorders_EqualsBruteForce(WeightEncoding encoding) =>
        CompareEach(Enumerable.Range(1000, 10), 500..3000, 5..3000, encoding);

    [DataFact]
    public void Search_PublishedIdfWeights_EqualsBruteForce()
    {
        using var idf = JsonDocument.Parse(File.ReadAllText(TestData.PathOf("query-idf", "opensearch-idf.json")));
        float[] weights = [.. idf.RootElement.EnumerateObject().Select(entry => entry.Value.GetSingle())];
        Assert.InRange(weights.Max(), 15, 16);
        for (int seed = 2000; seed < 2020; seed++)
        {
            var random = new Random(seed);
            using var index = new GeneratedIndex(seed, 300, 1000, (WeightEncoding)(seed % 2));
            var terms = Enumerable.Range(0, random.Next(1, 1000)).ToDictionary(
                GeneratedIndex.Term, _ => weights[random.Next(weights.Length)]);
            Compare(index, new SpladeQuery(GeneratedIndex.Field, SparseVector.FromWeights(terms)), seed);
        }
    }

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
        yield return new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20, largest: 15.6f)) { Boost = 4 };
        yield return new SpladeQuery(GeneratedIndex.Field, index.RandomVector(1000, largest: 15.6f, vocabulary: 1500));
    }

    private static void Compare(GeneratedIndex index, SpladeQuery query, int seed)
    {
        var searcher = new IndexSearcher(index.Reader);
        IReadOnlyList<ScoreDoc> expected = BruteForce.Hits(index, query);
        TopDocsAssert.Equal(expected, searcher.Search(query, 10), 10, $"seed {seed}");
        int most = index.Reader.MaxDoc + 1;
        TopDocsAssert.Equal(expected, searcher.Search(query, most), most, $"seed {seed}");
        CompareFiltered(index, query, searcher, seed);
        CompareBesideAnotherClause(index, query, searcher, seed);
    }

    private static void CompareFiltered(GeneratedIndex index, SpladeQuery query, IndexSearcher searcher, int seed)
    {
        var filter = new QueryWrapperFilter(new TermQuery(new Term("group", "2")));
        TopDocsAssert.Equal(
            BruteForce.Hits(index, query, group: 2), searcher.Search(query, filter, 7), 7, $"seed {seed}");
    }

    private static void CompareBesideAnotherClause(
        GeneratedIndex index, SpladeQuery query, IndexSearcher searcher, int seed)
    {
        var both = new BooleanQuery(disableCoord: true)
        {
            { query, Occur.MUST },
            { new ConstantScoreQuery(new TermQuery(new Term("group", "3"))) { Boost = 0 }, Occur.MUST },
        };
        TopDocsAssert.Equal(BruteForce.Hits(index, query, group: 3), searcher.Search(both, 9), 9, $"seed {seed}");
    }
}
