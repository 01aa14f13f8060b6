using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace SpladeLucene.Tests;

public sealed class SpladeQueryTests : IDisposable
{
    private static readonly WordEncoder Encoder = new();

    private readonly DirectoryReader _reader = TestIndex.Of(
        [Document("quick fox"), Document("sleeping canine canine"), Document("dog dog fox"), Document("wild animal")]);

    public static TheoryData<Similarity> Similarities => [new BM25Similarity(), new DefaultSimilarity()];

    [Theory]
    [MemberData(nameof(Similarities))]
    public void Search_AnySimilarity_ScoresTheSame(Similarity similarity)
    {
        var searcher = new IndexSearcher(_reader) { Similarity = similarity };

        TopDocs found = searcher.Search(new SpladeQuery("splade", Encoder.Encode("dog")), 10);

        Assert.Equal([2, 1], found.ScoreDocs.Select(hit => hit.Doc));
        // dog·dog + canine·canine, each weight as its impact keeps it.
        Assert.Equal(2 * Kept(2) + 0.5f * Kept(0.5f), found.ScoreDocs[0].Score, 1e-4f);
        Assert.Equal(2 * Kept(0.5f) + 0.5f * Kept(2), found.ScoreDocs[1].Score, 1e-4f);
    }

    [Theory]
    [MemberData(nameof(Similarities))]
    public void Search_BesideATermQuery_AddsItsScoreAndLeavesTheOtherAlone(Similarity similarity)
    {
        var searcher = new IndexSearcher(_reader) { Similarity = similarity };
        var words = new TermQuery(new Term("body", "fox"));
        SpladeQuery splade = new("splade", Encoder.Encode("fox"));
        var both = new BooleanQuery(disableCoord: true) { { words, Occur.SHOULD }, { splade, Occur.SHOULD } };

        float expected = ScoreOf(searcher, words, 0) + ScoreOf(searcher, splade, 0);

        Assert.Equal(expected, ScoreOf(searcher, both, 0), 1e-5f);
    }

    [Fact]
    public void Search_BoostsAroundIt_Multiply()
    {
        var searcher = new IndexSearcher(_reader) { Similarity = new DefaultSimilarity() };
        SpladeQuery plain = new("splade", Encoder.Encode("fox"));
        var boosted = new BooleanQuery(disableCoord: true)
        {
            { new SpladeQuery("splade", Encoder.Encode("fox")) { Boost = 3 }, Occur.SHOULD },
        };
        boosted.Boost = 0.7f;

        Assert.Equal(2.1f * ScoreOf(searcher, plain, 0), ScoreOf(searcher, boosted, 0), 1e-5f);
    }

    [Fact]
    public void Search_ExcludedOrRequired_ComposesWithOtherClauses()
    {
        var searcher = new IndexSearcher(_reader);
        SpladeQuery fox = new("splade", Encoder.Encode("fox"));
        var fox_without_dog = new BooleanQuery
        {
            { fox, Occur.MUST }, { new TermQuery(new Term("body", "dog")), Occur.MUST_NOT },
        };
        var animal_without_fox = new BooleanQuery
        {
            { new MatchAllDocsQuery(), Occur.MUST }, { fox, Occur.MUST_NOT },
        };

        Assert.Equal([0], Docs(searcher.Search(fox_without_dog, 10)));
        Assert.Equal([1, 3], Docs(searcher.Search(animal_without_fox, 10)));
    }

    [Fact]
    public void Explain_EveryHit_HasTheScoreOfTheSearch()
    {
        var searcher = new IndexSearcher(_reader);
        var query = new BooleanQuery(disableCoord: true)
        {
            { new SpladeQuery("splade", Encoder.Encode("fox dog animal")) { Boost = 0.3f }, Occur.SHOULD },
            { new TermQuery(new Term("body", "fox")), Occur.SHOULD },
        };

        foreach (ScoreDoc hit in searcher.Search(query, 10).ScoreDocs)
            Assert.Equal(hit.Score, searcher.Explain(query, hit.Doc).Value, 1e-6f);
    }

    [Fact]
    public void Explain_DocumentThatDoesNotMatch_SaysSo()
    {
        Explanation explanation = new IndexSearcher(_reader).Explain(new SpladeQuery("splade", Encoder.Encode("fox")), 3);

        Assert.False(explanation.IsMatch);
        Assert.Equal(0, explanation.Value);
    }

    [Fact]
    public void Search_EmptyQueryOrMissingField_FindsNothing()
    {
        var searcher = new IndexSearcher(_reader);

        Assert.Equal(0, searcher.Search(new SpladeQuery("splade", SparseVector.Empty), 10).TotalHits);
        Assert.Equal(0, searcher.Search(new SpladeQuery("nowhere", Encoder.Encode("fox")), 10).TotalHits);
    }

    [Fact]
    public void Equals_SameFieldTermsAndBoost_IsEqual()
    {
        var query = new SpladeQuery("splade", Encoder.Encode("fox dog"));

        Assert.Equal(query, new SpladeQuery("splade", Encoder.Encode("dog fox")));
        Assert.Equal(query.GetHashCode(), new SpladeQuery("splade", Encoder.Encode("dog fox")).GetHashCode());
        Assert.NotEqual(query, new SpladeQuery("other", Encoder.Encode("fox dog")));
        Assert.NotEqual(query, new SpladeQuery("splade", Encoder.Encode("fox")));
        Assert.NotEqual(query, new SpladeQuery("splade", Encoder.Encode("fox dog")) { Boost = 2 });
        Assert.NotEqual(query, new SpladeQuery(
            "splade", Encoder.Encode("fox dog"), new ImpactFormat { Quantizer = new ImpactQuantizer(10) }));
    }

    [Fact]
    public void ExtractTerms_Query_GivesItsTerms()
    {
        var terms = new HashSet<Term>();

        new SpladeQuery("splade", Encoder.Encode("dog")).ExtractTerms(terms);

        Assert.Equal([new Term("splade", "canine"), new Term("splade", "dog")], terms.OrderBy(term => term.Text));
    }

    [Fact]
    public void Rewrite_Query_IsItself()
    {
        var query = new SpladeQuery("splade", Encoder.Encode("dog"));

        Assert.Same(query, query.Rewrite(_reader));
    }

    [Fact]
    public void ToString_Query_ShowsItsHeaviestTerms()
    {
        var query = new SpladeQuery("splade", Encoder.Encode("one two three dog")) { Boost = 2 };

        Assert.Equal("splade:splade(dog^2 one^2 three^2 two^2 canine^0.5)^2", query.ToString());
        Assert.StartsWith("splade(", query.ToString("splade"), StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ReservedTerm_IsRefused() => Assert.Throws<ArgumentException>(() => new SpladeQuery(
        "splade", SparseVector.Create([new SparseTerm(SpladeFingerprint.TermPrefix + "x", 1)])));

    [Fact]
    public void Scorer_AskedAgainAfterTheEnd_StaysThere()
    {
        var searcher = new IndexSearcher(_reader);
        Weight weight = searcher.CreateNormalizedWeight(new SpladeQuery("splade", Encoder.Encode("fox")));
        Scorer scorer = weight.GetScorer(_reader.Leaves.Single(), acceptDocs: null);

        Assert.Equal([0, 2, DocIdSetIterator.NO_MORE_DOCS, DocIdSetIterator.NO_MORE_DOCS],
            new[] { scorer.NextDoc(), scorer.NextDoc(), scorer.NextDoc(), scorer.NextDoc() });
    }

    [Fact]
    public void Search_ClosedReader_ThrowsWhatLuceneThrows()
    {
        DirectoryReader reader = TestIndex.Of([Document("fox")]);
        var searcher = new IndexSearcher(reader);
        reader.Dispose();

        Assert.ThrowsAny<ObjectDisposedException>(() => searcher.Search(new SpladeQuery("splade", Encoder.Encode("fox")), 1));
    }

    public void Dispose() => _reader.Dispose();

    private static float Kept(float weight) =>
        ImpactQuantizer.Default.Dequantize(ImpactQuantizer.Default.Quantize(weight));

    private static float ScoreOf(IndexSearcher searcher, Query query, int doc) =>
        searcher.Search(query, 10).ScoreDocs.Single(hit => hit.Doc == doc).Score;

    private static IEnumerable<int> Docs(TopDocs found) => found.ScoreDocs.Select(hit => hit.Doc).Order();

    private static Document Document(string text) => TestIndex.Document(
        new TextField("body", text, Field.Store.YES),
        new SpladeField("splade", Encoder.Encode(text), Encoder.Fingerprint));
}
