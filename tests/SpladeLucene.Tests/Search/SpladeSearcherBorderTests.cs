using Lucene.Net.Search;
using SpladeLucene.Search.Simd;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>Sizes around the borders of windows, blocks and vectors, against plain sums.</summary>
public sealed class SpladeSearcherBorderTests
{
    private static readonly SearchAlgorithm[] Algorithms =
        [SearchAlgorithm.Windows, SearchAlgorithm.BlockMax, SearchAlgorithm.Postings];

    private static readonly SpladeQuery Query =
        new(VectorIndex.Field, VectorIndex.Impacts(("all", 3), ("many", 40), ("rare", 90)));

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1025)]
    public void Search_SegmentOfOddSize_EqualsPlainSums(int documents) => Compare([Documents(documents, documents)]);

    [Theory]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(131100)]
    public void Search_SegmentAroundWindowBorder_EqualsPlainSums(int documents) =>
        Compare([Documents(documents, documents)]);

    [Fact]
    public void Search_SegmentsBesideAnEmptyField_EqualsPlainSums() =>
        Compare([[SparseVector.Empty], Documents(100, 1), [SparseVector.Empty, SparseVector.Empty], Documents(33, 2)]);

    [Theory]
    [InlineData(70, 5)]
    [InlineData(75, 0)]
    public void Search_AllDocumentsOfASegmentDeleted_FindsTheOthers(int deleted, int left)
    {
        using var index = new VectorIndex([Documents(70, 3), Documents(5, 4)], Enumerable.Range(0, deleted));
        foreach (SpladeSearchOptions options in Ways())
            Assert.Equal(left, Searcher(index).SearchTop(Query, 100, options: options).ScoreDocs.Length);
    }

    [Fact]
    public void Search_AllScoresTied_OrdersById()
    {
        using var index = new VectorIndex([Enumerable.Repeat(VectorIndex.Impacts(("all", 255)), 5000)]);
        foreach (SpladeSearchOptions options in Ways())
        {
            SpladeTopDocs found = Searcher(index).SearchTop(Query, 100, options: options);
            Assert.Equal(Enumerable.Range(0, 100), found.ScoreDocs.Select(hit => hit.Doc));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Search_FilterThatLetsPassSoManyInAThousand_EqualsPlainSums(int inAThousand)
    {
        var filter = new BitFilter(doc => doc * 7919L % 1000 < inAThousand);
        Compare([Documents(3000, 5), Documents(700, 6)], filter, doc => doc * 7919L % 1000 < inAThousand);
    }

    [Fact]
    public void Search_ImpactsOf255ForAThousandTerms_EqualsPlainSums()
    {
        (string, int)[] terms = [.. Enumerable.Range(0, 1000).Select(i => ($"t{i}", 255))];
        using var index = new VectorIndex([[VectorIndex.Impacts(terms), VectorIndex.Impacts(terms[..500])]]);
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(terms));
        foreach (SpladeSearchOptions options in Ways())
        {
            ScoreDoc[] found = Searcher(index).SearchTop(query, 3, options: options).ScoreDocs;
            Assert.Equal([0, 1], found.Select(hit => hit.Doc));
            Assert.Equal(found[0].Score, 2 * found[1].Score);
        }
    }

    private static SparseVector[] Documents(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Document(random))];
    }

    private static SparseVector Document(Random random)
    {
        var impacts = new List<(string, int)> { ("all", random.Next(1, 256)) };
        if (random.Next(2) == 0) impacts.Add(("many", random.Next(1, 256)));
        if (random.Next(100) == 0) impacts.Add(("rare", 255));
        return VectorIndex.Impacts([.. impacts]);
    }

    private static void Compare(SparseVector[][] segments, Filter? filter = null, Func<int, bool>? passes = null)
    {
        int count = segments.Sum(segment => segment.Length);
        using var index = new VectorIndex(segments, deleted: Enumerable.Range(0, count).Where(doc => doc % 5 == 3));
        ScoreDoc[] expected =
        [
            .. segments.SelectMany(segment => segment).Select((vector, doc) => new ScoreDoc(doc, Score(vector)))
                .Where(hit => hit.Score > 0 && hit.Doc % 5 != 3 && passes?.Invoke(hit.Doc) != false)
                .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc),
        ];
        foreach (SpladeSearchOptions options in Ways())
        {
            foreach (int k in new[] { 1, 10, 1000, count + 1 })
            {
                TopDocsAssert.Equal(expected, Searcher(index).SearchTop(Query, k, filter, options: options), k,
                    $"{options.Algorithm}, {options.Vectors}, k = {k}", options.CountAllHits);
            }
        }
    }

    private static IEnumerable<SpladeSearchOptions> Ways() =>
        from width in Enum.GetValues<VectorWidth>()
        from algorithm in Algorithms
        select new SpladeSearchOptions
        {
            Vectors = width,
            Algorithm = algorithm,
            CountAllHits = algorithm != SearchAlgorithm.BlockMax,
        };

    private static SpladeSearcher Searcher(VectorIndex index) =>
        new(index.Reader, new SpladeSearcherOptions { Impacts = Cache });

    private static readonly ImpactCache Cache =
        new(new ImpactCacheOptions { BudgetInBytes = 1 << 30, LeastDocumentsForBlocks = 0 });

    private static float Score(SparseVector document)
    {
        int sum = 0;
        foreach (QuantizedTerm term in Query.Quantized.Terms)
            sum += term.Weight * ImpactQuantizer.Default.Quantize(document.WeightOf(term.Term));
        return sum * Query.Quantized.Unit;
    }
}
