using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Tests;

public sealed class SpladeCoverageTests
{
    private static readonly WordEncoder Encoder = new(), Another = new("another");

    [Fact]
    public void Of_DocumentsOfAllKinds_CountsTheLiveOnes()
    {
        using DirectoryReader reader = Write(
            [Vector("dog", Encoder), Vector("", Encoder), Vector("fox", Another), Plain("fox"), Nothing(), Vector("owl", Encoder, "x")],
            "x");

        SpladeCoverage coverage = SpladeCoverage.Of(reader, "splade");

        Assert.Equal((5, 2, 1), (coverage.Documents, coverage.Without, coverage.Foreign));
        Assert.Equal(2, coverage.With(new SpladeFingerprint(Encoder.Fingerprint, ImpactQuantizer.DefaultRange)));
        Assert.Equal(1, coverage.With(new SpladeFingerprint(Another.Fingerprint, ImpactQuantizer.DefaultRange)));
        Assert.Equal([1, 2], coverage.Vectors.Values.Order());
        Assert.Equal(0, coverage.SeveralValues);
    }

    [Fact]
    public void Of_ModelWhoseDocumentsAreAllDeleted_HasNone()
    {
        using DirectoryReader reader = Write([Vector("dog", Encoder), Vector("fox", Another, "x")], "x");

        Assert.Equal([1], SpladeCoverage.Of(reader, "splade").Vectors.Values);
    }

    [Fact]
    public void Of_SeveralVectorsInADocument_CountsIt()
    {
        Document two = Vector("dog", Encoder);
        two.Add(Splade("fox", Encoder, WeightEncoding.Payload));
        using DirectoryReader reader = Write([two, Vector("owl", Encoder)]);

        Assert.Equal(1, SpladeCoverage.Of(reader, "splade").SeveralValues);
    }

    [Fact]
    public void Of_VectorsOfTwoModelsInADocument_HideNoForeignOne()
    {
        using DirectoryReader reader = Write([Both(), Plain("fox")]);

        SpladeCoverage coverage = SpladeCoverage.Of(reader, "splade");

        Assert.Equal((2, 1, 1), (coverage.Documents, coverage.Without, coverage.Foreign));
        Assert.Equal([1, 1], coverage.Vectors.Values);
        Assert.Equal(1, coverage.SeveralValues);
    }

    [Fact]
    public void Create_VectorsOfTwoModelsInADeletedDocument_HideNoForeignOne()
    {
        using DirectoryReader reader = Write([Both("x"), Vector("dog", Encoder), Plain("fox"), Plain("owl")], "x");

        Assert.Throws<InvalidOperationException>(() => SpladeQuery.Create(reader, "splade", "dog", Encoder));
        Assert.Equal((3, 2, 2), SpladeCoverage.Of(reader, "splade") is var found ? (found.Documents, found.Without, found.Foreign) : default);
    }

    [Fact]
    public void Of_NoDocumentHasTheField_CoversNothing()
    {
        using DirectoryReader reader = Write([Nothing()]);

        SpladeCoverage coverage = SpladeCoverage.Of(reader, "splade");

        Assert.Equal((1, 1, 0), (coverage.Documents, coverage.Without, coverage.Foreign));
        Assert.Empty(coverage.Vectors);
    }

    [Fact]
    public void Create_FieldThatNoDocumentHas_NamesItAndThoseThatAreThere()
    {
        using DirectoryReader reader = Write([Vector("dog", Encoder)]);

        string message = Assert.Throws<InvalidOperationException>(
            () => SpladeQuery.Create(reader, "spalde", "dog", Encoder)).Message;

        Assert.Contains("'spalde'", message, StringComparison.Ordinal);
        Assert.Contains("Its SPLADE fields: splade.", message, StringComparison.Ordinal);
        SpladeQuery.Create(reader, "spalde", "dog", Encoder, new SpladeQueryOptions { AllowMissingField = true });
    }

    [Fact]
    public void Create_IndexWithoutDocuments_IsNoComplaint()
    {
        using DirectoryReader reader = Write([]);

        Assert.Equal("splade", SpladeQuery.Create(reader, "splade", "dog", Encoder).Field);
    }

    [Fact]
    public void Create_SomeDocumentsWithForeignTerms_IsRefused()
    {
        using DirectoryReader reader = Write([Vector("dog", Encoder), Vector("fox", Encoder), Plain("fox")]);

        string message = Assert.Throws<InvalidOperationException>(
            () => SpladeQuery.Create(reader, "splade", "dog", Encoder)).Message;

        Assert.Contains("no SPLADE vectors", message, StringComparison.Ordinal);
        SpladeQuery.Create(reader, "splade", "dog", Encoder, new SpladeQueryOptions { SkipModelCheck = true });
    }

    [Fact]
    public void Create_ForeignTermsOnlyInDeletedDocuments_AreNoObstacle()
    {
        Document foreign = Plain("fox");
        foreign.Add(new StringField("id", "x", Field.Store.NO));
        using DirectoryReader reader = Write([Vector("dog", Encoder), foreign], "x");

        Assert.Equal("splade", SpladeQuery.Create(reader, "splade", "dog", Encoder).Field);
    }

    [Fact]
    public void Create_SegmentWithForeignTermsInDeletedDocumentsAlone_IsNoObstacle()
    {
        Document foreign = Plain("fox");
        foreign.Add(new StringField("id", "x", Field.Store.NO));
        using DirectoryReader gone = Write([Nothing(), foreign], "x"), live = Write([Nothing(), Plain("fox"), Vector("dog", Encoder, "x")], "x");

        Assert.Equal("splade", SpladeQuery.Create(gone, "splade", "dog", Encoder).Field);
        Assert.Throws<InvalidOperationException>(() => SpladeQuery.Create(live, "splade", "dog", Encoder));
    }

    // One segment; deleted documents stay in it.
    private static DirectoryReader Write(Document[] documents, string? deleted = null)
    {
        var directory = new RAMDirectory();
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using (var writer = new IndexWriter(directory, config))
        {
            foreach (Document document in documents) writer.AddDocument(document);
            writer.Commit();
            if (deleted is not null) writer.DeleteDocuments(new Term("id", deleted));
        }

        return DirectoryReader.Open(directory);
    }

    private static Document Vector(string text, WordEncoder encoder, string id = "") => TestIndex.Document(
        new StringField("id", id, Field.Store.NO), Splade(text, encoder, WeightEncoding.Payload));

    private static Document Both(string id = "")
    {
        Document both = Vector("dog", Encoder, id);
        both.Add(Splade("fox", Another, WeightEncoding.Payload));
        return both;
    }

    private static SpladeField Splade(string text, WordEncoder encoder, WeightEncoding encoding) =>
        new("splade", encoder.Encode(text), encoder.Fingerprint, new ImpactFormat { Encoding = encoding });

    private static Document Plain(string text) => TestIndex.Document(new TextField("splade", text, Field.Store.NO));

    private static Document Nothing() => TestIndex.Document(new StringField("other", "dog", Field.Store.NO));
}
