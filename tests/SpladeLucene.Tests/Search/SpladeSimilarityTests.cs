using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class SpladeSimilarityTests
{
    [Fact]
    public void Search_BoostedTermQueries_ScoreAsSpladeQueryDoes()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            using var index = new GeneratedIndex(seed, 60, 20, WeightEncoding.TermFrequency);
            SparseVector vector = index.RandomVector(8);
            var searcher = new IndexSearcher(index.Reader) { Similarity = new SpladeSimilarity() };
            Dictionary<int, float> expected = Scores(searcher, new SpladeQuery(GeneratedIndex.Field, vector));

            Dictionary<int, float> found = Scores(searcher, TermQueries(vector));

            Assert.Equal(expected.Keys.Order(), found.Keys.Order());
            // The term queries' boosts are floats, SpladeQuery's weights are integers: alike up to half a unit a term.
            Assert.All(expected, hit => Assert.Equal(hit.Value, found[hit.Key], 0.01f));
        }
    }

    [Fact]
    public void Search_FrequenciesThatAddUpTooHigh_CountAs255()
    {
        var encoder = new WordEncoder();
        SpladeField field = new(
            "splade", SparseVector.Create([new SparseTerm("fox", 4)]), encoder.Fingerprint,
            new ImpactFormat { Encoding = WeightEncoding.TermFrequency });
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(field, field)]);
        var searcher = new IndexSearcher(reader) { Similarity = new SpladeSimilarity() };

        float score = Assert.Single(searcher.Search(new TermQuery(new Term("splade", "fox")), 1).ScoreDocs).Score;

        Assert.Equal(ImpactQuantizer.Default.Dequantize(255), score, 1e-4f);
    }

    [Fact]
    public void Search_BoostAroundTermQuery_Multiplies()
    {
        using var index = new GeneratedIndex(7, 40, 5, WeightEncoding.TermFrequency);
        var searcher = new IndexSearcher(index.Reader) { Similarity = new SpladeSimilarity() };
        var term = new Term(GeneratedIndex.Field, GeneratedIndex.Term(1));
        Dictionary<int, float> plain = Scores(searcher, new TermQuery(term));

        var around = new BooleanQuery { { new TermQuery(term) { Boost = 2 }, Occur.MUST } };
        around.Boost = 3;

        Assert.NotEmpty(plain);
        Assert.All(Scores(searcher, around), hit => Assert.Equal(6 * plain[hit.Key], hit.Value, 1e-4f));
    }

    private static BooleanQuery TermQueries(SparseVector vector)
    {
        var query = new BooleanQuery();
        foreach (SparseTerm term in vector)
            query.Add(new TermQuery(new Term(GeneratedIndex.Field, term.Term)) { Boost = term.Weight }, Occur.SHOULD);
        return query;
    }

    private static Dictionary<int, float> Scores(IndexSearcher searcher, Query query) =>
        searcher.Search(query, 1000).ScoreDocs.ToDictionary(hit => hit.Doc, hit => hit.Score);
}
