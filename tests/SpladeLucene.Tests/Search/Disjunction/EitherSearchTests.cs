using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using SpladeLucene.Search;
using SpladeLucene.Search.Disjunction;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>A SPLADE query and another, both optional: found without Lucene's loop, to the last bit what that finds.</summary>
public sealed class EitherSearchTests
{
    private static readonly ImpactCache Cache =
        new(new ImpactCacheOptions { BudgetInBytes = 1 << 30, LeastDocumentsForBlocks = 64 });

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Search_TwoOptionalClauses_EqualsLucenes(WeightEncoding encoding)
    {
        foreach (var (index, random, seed) in GeneratedIndex.Each(Enumerable.Range(5400, 40), 0..400, 1..80, encoding))
        {
            using DirectoryReader again = DirectoryReader.Open(index.Reader.Directory);
            Similarity similarity = seed % 2 == 0 ? new BM25Similarity() : new DefaultSimilarity();
            var plain = new IndexSearcher(again) { Similarity = similarity };
            var ours = new RecordingSearcher(index.Reader) { Similarity = similarity };
            var splade = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(random.Next(1, 40)))
            {
                Boost = random.Next(2) == 0 ? 1 : 0.37f,
                // Nothing is remembered: else the few hits over a floor go Lucene's way.
                Floor = new ScoreFloor { ShareOfBest = random.Next(2) * random.NextSingle() }, Best = new BestHits(0),
            };
            foreach (Query words in Words())
            {
                CompareEveryWay(plain, ours, Both(words, splade), $"seed {seed}: {words}, {splade}");
                CompareEveryWay(plain, ours, Both(splade, words), $"seed {seed}: {splade}, {words}");
            }

            Assert.Contains(typeof(BlockCollector), ours.Collected);
        }
    }

    [Fact]
    public void Search_CoordThatCounts_IsLucenes()
    {
        using var index = new GeneratedIndex(5500, 200, 40, WeightEncoding.Payload);
        var ours = new RecordingSearcher(index.Reader) { Similarity = new DefaultSimilarity() };
        var splade = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20));
        BooleanQuery counting = new() { { Group(1), Occur.SHOULD }, { splade, Occur.SHOULD } };

        TopDocs expected = new IndexSearcher(index.Reader).Search(counting, 20), found = ours.Search(counting, 20);

        Assert.Equal(Told(expected), Told(found));
        Assert.DoesNotContain(typeof(BlockCollector), ours.Collected);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Search_WordsWithAnOddScore_IsLucenes(float boost)
    {
        using var index = new GeneratedIndex(5501, 200, 40, WeightEncoding.Payload);
        var splade = new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20));
        BooleanQuery query = Both(new ConstantScoreQuery(Group(1)) { Boost = boost }, splade);

        Assert.Equal(
            Told(new IndexSearcher(index.Reader).Search(query, 20)), Told(new RecordingSearcher(index.Reader).Search(query, 20)));
    }

    [Fact]
    public void Search_NothingWantedOrAfterNoDocument_IsRefusedAsLuceneDoes()
    {
        using var index = new GeneratedIndex(5502, 50, 40, WeightEncoding.Payload);
        BooleanQuery query = Both(Group(1), new SpladeQuery(GeneratedIndex.Field, index.RandomVector(20)));

        Assert.Throws<ArgumentException>(
            () => new SpladeSearcher(index.Reader).SearchAfter(new ScoreDoc(index.Reader.MaxDoc, 1), query, 3));
        Assert.IsType(
            Record.Exception(() => new IndexSearcher(index.Reader).Search(query, 0))!.GetType(),
            Record.Exception(() => new SpladeSearcher(index.Reader).Search(query, 0)));
    }

    private static IEnumerable<Query> Words()
    {
        yield return Group(1);
        yield return new BooleanQuery { { Group(1), Occur.SHOULD }, { Group(2), Occur.SHOULD } };
        yield return new BooleanQuery { { new MatchAllDocsQuery(), Occur.MUST }, { Group(2), Occur.MUST_NOT } };
        yield return new ConstantScoreQuery(Group(3)) { Boost = 7 };
        yield return new TermQuery(new Term("group", "none"));
    }

    private static TermQuery Group(int number) => new(new Term("group", number.ToString(CultureInfo.InvariantCulture)));

    private static BooleanQuery Both(Query one, Query other) =>
        new(disableCoord: true) { Clauses = { new BooleanClause(one, Occur.SHOULD), new BooleanClause(other, Occur.SHOULD) }, Boost = 1.3f };

    private static void CompareEveryWay(IndexSearcher plain, SpladeSearcher ours, Query query, string because)
    {
        var odd = new BitFilter(doc => doc % 2 == 1);
        foreach (int n in new[] { 3, Math.Max(1, plain.IndexReader.MaxDoc) })
        {
            TopDocs first = plain.Search(query, n);
            Compare(first, ours.Search(query, n), because);
            Compare(plain.Search(query, odd, n), ours.Search(query, odd, n), because + ", filtered");
            if (first.ScoreDocs.Length == 0) continue;
            ScoreDoc last = first.ScoreDocs[^1];
            Compare(plain.SearchAfter(last, query, n), ours.SearchAfter(last, query, n), because + ", next page");
        }
    }

    private static void Compare(TopDocs expected, TopDocs found, string because) =>
        Assert.True(Told(expected) == Told(found), $"{because}:\n{Told(expected)}\n{Told(found)}");

    private static string Told(TopDocs found) =>
        $"{found.TotalHits}, at most {BitConverter.SingleToInt32Bits(found.MaxScore)}: " + string.Join(' ', found.ScoreDocs.Select(
            hit => $"{hit.Doc}/{BitConverter.SingleToInt32Bits(hit.Score)}"));

    /// <summary>Remembers which collectors Lucene handed hits to.</summary>
    private sealed class RecordingSearcher(IndexReader reader)
        : SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = Cache })
    {
        public HashSet<Type> Collected { get; } = [];

        protected override void Search(IList<AtomicReaderContext> leaves, Weight weight, ICollector collector)
        {
            Collected.Add(collector.GetType());
            base.Search(leaves, weight, collector);
        }
    }
}
