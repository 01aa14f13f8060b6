using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class QueryIdfTests : IDisposable
{
    private static readonly WordEncoder Encoder = new();

    // All hundred documents with the field have "the", fifty have "fox" and twenty-five "quick"; another one has another field.
    private readonly DirectoryReader _reader = TestIndex.Of(
        [.. Documents(100), TestIndex.Document(new StringField("body", "the", Field.Store.NO))]);

    [Fact]
    public void Create_Exponent_FrequentTermsLoseToRareOnes()
    {
        SparseVector vector = Weighed("the quick fox", exponent: 0.5f);

        double the = Math.Sqrt(Idf(100)), quick = Math.Sqrt(Idf(25)), fox = Math.Sqrt(Idf(50));
        Assert.Equal(quick / fox, vector.WeightOf("quick") / vector.WeightOf("fox"), 1e-5);
        Assert.Equal(the / fox, vector.WeightOf("the") / vector.WeightOf("fox"), 1e-5);
    }

    [Fact]
    public void Create_Exponent_KeepsTheVectorsLength() =>
        Assert.Equal(Length(Encoder.Encode("the quick fox")), Length(Weighed("the quick fox", exponent: 1)), 1e-5);

    [Fact]
    public void Create_SeveralSegments_CountsTheDocumentsOfAll()
    {
        SparseVector rare = VectorIndex.Impacts(("fox", 9)), both = VectorIndex.Impacts(("fox", 9), ("quick", 9));
        using var parts = new VectorIndex(
            [Enumerable.Repeat(rare, 50), Enumerable.Repeat(both, 25), Enumerable.Repeat(rare, 25)]);

        SparseVector vector = SpladeQuery.Create(parts.Reader, VectorIndex.Field, "quick fox", Encoder,
            new SpladeQueryOptions { IdfExponent = 1, SkipModelCheck = true }).Vector;

        Assert.Equal(3, parts.Reader.Leaves.Count);
        Assert.Equal(Idf(25) / Idf(100), vector.WeightOf("quick") / vector.WeightOf("fox"), 1e-4);
    }

    [Fact]
    public void Create_TermsThatTheIndexLacks_AreTheRarest()
    {
        SparseVector vector = Weighed("quick zebra", exponent: 1);

        Assert.Equal(Idf(0) / Idf(25), vector.WeightOf("zebra") / vector.WeightOf("quick"), 1e-5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zebra")]
    public void Create_NothingToWeighAgainst_GivesWhatWasEncoded(string text) =>
        Assert.Equal(Encoder.Encode(text), Weighed(text, exponent: 1));

    [Fact]
    public void Create_FewDocuments_GivesWhatWasEncoded()
    {
        using DirectoryReader few = TestIndex.Of(Documents(99));

        Assert.Equal(Encoder.Encode("quick fox"), SpladeQuery.Create(
            few, "splade", "quick fox", Encoder, new SpladeQueryOptions { IdfExponent = 1 }).Vector);
    }

    [Fact]
    public void Create_NoDocumentHasTheField_GivesWhatWasEncoded() => Assert.Equal(
        Encoder.Encode("quick fox"),
        SpladeQuery.Create(_reader, "absent", "quick fox", Encoder,
            new SpladeQueryOptions { IdfExponent = 1, AllowMissingField = true }).Vector);

    [Fact]
    public void Create_ExponentOfTheEncoder_CountsUnlessTheOptionsSay()
    {
        var encoder = new WordEncoder { QueryIdfExponent = 0.5f };
        SparseVector encoded = Encoder.Encode("quick fox");

        Assert.Equal(Weighed("quick fox", 0.5f), SpladeQuery.Create(_reader, "splade", "quick fox", encoder).Vector);
        Assert.NotEqual(encoded, Weighed("quick fox", 0.5f));
        Assert.Equal(encoded, SpladeQuery.Create(
            _reader, "splade", "quick fox", encoder, new SpladeQueryOptions { IdfExponent = 0 }).Vector);
        Assert.Equal(encoded, SpladeQuery.Create(_reader, "splade", "quick fox", Encoder).Vector);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void IdfExponent_NegativeOrNotFinite_IsRefused(float exponent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeQueryOptions { IdfExponent = exponent });

    public void Dispose() => _reader.Dispose();

    private static IEnumerable<Document> Documents(int count) => Enumerable.Range(0, count)
        .Select(i => Document(new[] { "the quick fox", "the fox", "the wolf", "the bear" }[i % 4]));

    private static Document Document(string text) =>
        TestIndex.Document(new SpladeField("splade", Encoder.Encode(text), Encoder.Fingerprint));

    private static double Idf(int frequency) => Math.Log(1 + (100.5 - frequency) / (frequency + 0.5)) / Math.Log(101);

    private static double Length(SparseVector vector) => Math.Sqrt(vector.Sum(term => (double)term.Weight * term.Weight));

    private SparseVector Weighed(string text, float exponent) => SpladeQuery.Create(
        _reader, "splade", text, Encoder, new SpladeQueryOptions { IdfExponent = exponent }).Vector;
}
