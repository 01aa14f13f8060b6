using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Tests;

public sealed class SpladeFieldTests
{
    private static readonly ModelFingerprint Model = new WordEncoder().Fingerprint;

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Constructor_Default_OmitsNormsAndStoresNothing(WeightEncoding encoding)
    {
        var field = new SpladeField("splade", SparseVector.Empty, Model, new ImpactFormat { Encoding = encoding });

        Assert.True(field.FieldType.OmitNorms);
        Assert.False(field.FieldType.IsStored);
    }

    [Fact]
    public void Constructor_TermLongerThanLuceneAllows_IsRefusedByName()
    {
        SparseVector vector = SparseVector.Create([new SparseTerm(new string('é', 16_384), 1)]);

        var error = Assert.Throws<ArgumentException>(() => new SpladeField("splade", vector, Model));

        Assert.Contains("32766", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_LongestTermLuceneAllows_IsIndexed()
    {
        string longest = new('a', 32_766);
        SparseVector vector = SparseVector.Create([new SparseTerm(longest, 1)]);
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(new SpladeField("splade", vector, Model))]);

        Assert.Equal(1, new IndexSearcher(reader).Search(new SpladeQuery("splade", vector), 1).TotalHits);
    }

    [Fact]
    public void Constructor_ReservedTerm_IsRefused()
    {
        SparseVector vector = SparseVector.Create([new SparseTerm(SpladeFingerprint.TermPrefix + "x", 1)]);

        Assert.Throws<ArgumentException>(() => new SpladeField("splade", vector, Model));
    }

    [Fact]
    public void Constructor_OffsetsWithoutALength_AreRefused() => Assert.Throws<ArgumentException>(
        () => new SpladeField("splade", SparseVector.Empty, Model, new ImpactFormat { Offsets = true }));

    [Fact]
    public void AddDocument_SameDocumentTwice_IndexesBothAlike()
    {
        var document = TestIndex.Document(
            new SpladeField("splade", SparseVector.Create([new SparseTerm("fox", 2)]), Model,
            new ImpactFormat { Offsets = true }, sourceLength: 3));
        using DirectoryReader reader = TestIndex.Of([document, document]);

        TopDocs found = new IndexSearcher(reader).Search(Query(("fox", 1)), 10);

        Assert.Equal([0, 1], found.ScoreDocs.Select(hit => hit.Doc));
        Assert.Equal(found.ScoreDocs[0].Score, found.ScoreDocs[1].Score);
    }

    [Theory]
    [InlineData(WeightEncoding.Payload, 2f)]
    [InlineData(WeightEncoding.TermFrequency, 3f)]
    public void Search_TwoValuesOfOneField_PayloadsTakeTheMaximumFrequenciesAddUp(WeightEncoding encoding, float weight)
    {
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(Fox(2, encoding), Fox(1, encoding))]);

        float score = Assert.Single(new IndexSearcher(reader).Search(Query(("fox", 1)), 10).ScoreDocs).Score;

        Assert.Equal(weight, score, 0.05f);
    }

    [Fact]
    public void Search_FrequenciesThatAddUpTooHigh_CountAs255()
    {
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(
            Fox(4, WeightEncoding.TermFrequency), Fox(4, WeightEncoding.TermFrequency))]);

        float score = Assert.Single(new IndexSearcher(reader).Search(Query(("fox", 1)), 10).ScoreDocs).Score;

        Assert.Equal(ImpactQuantizer.Default.Dequantize(255), score, 0.001f);
    }

    [Fact]
    public void Search_PlainTokensBesidePayloads_ScoresEachByItsOwn()
    {
        using DirectoryReader reader = TestIndex.Of(
            [TestIndex.Document(Fox(2, WeightEncoding.Payload)), TestIndex.Document(PositionedFrequency("fox fox fox"))]);

        TopDocs found = new IndexSearcher(reader).Search(Query(("fox", 1)), 10);

        Assert.Equal([102 * 5 / 256f, 3 * 5 / 256f], found.ScoreDocs.Select(hit => hit.Score), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Search_FieldWithoutFrequencies_IsRefusedByName()
    {
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(new StringField("id", "fox", Field.Store.NO))]);

        var error = Assert.Throws<InvalidOperationException>(
            () => new IndexSearcher(reader).Search(new SpladeQuery("id", Vector(("fox", 1))), 10));

        Assert.Contains("'id'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_BothEncodingsInOneField_IsRefused(bool merged)
    {
        using var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            writer.AddDocument(TestIndex.Document(Fox(2, WeightEncoding.Payload)));
            writer.Commit();
            writer.AddDocument(TestIndex.Document(Fox(2, WeightEncoding.TermFrequency)));
            if (merged) writer.ForceMerge(1);
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        Assert.ThrowsAny<InvalidOperationException>(() => SpladeQuery.Create(reader, "splade", "fox", new WordEncoder()));
    }

    [Fact]
    public void Create_PayloadsInAFieldWithoutPositions_IsRefused()
    {
        var type = new FieldType(TextField.TYPE_NOT_STORED) { IndexOptions = IndexOptions.DOCS_AND_FREQS };
        using var analyzer = new SpladeAnalyzer(LuceneVersion.LUCENE_48, new WordEncoder());
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(new Field("splade", "fox", type))], analyzer);

        var error = Assert.Throws<InvalidOperationException>(
            () => SpladeQuery.Create(reader, "splade", "fox", new WordEncoder()));

        Assert.Contains("without positions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_SpanPastTheSource_IsRefused() => Assert.Throws<ArgumentException>(() => new SpladeField(
        "splade", SparseVector.Create([new SparseTerm("fox", 1, new SourceSpan(2, 5))]), Model, sourceLength: 4));

    [Fact]
    public void AddDocument_WriterStaysUsableAfterARejectedVector()
    {
        using var directory = new RAMDirectory();
        using var writer = new IndexWriter(directory, TestIndex.Config());
        Assert.Throws<ArgumentException>(() => writer.AddDocument(TestIndex.Document(new SpladeField(
            "splade", SparseVector.Create([new SparseTerm(new string('a', 40_000), 1)]), Model))));
        writer.AddDocument(TestIndex.Document(Fox(1, WeightEncoding.Payload)));
        writer.Commit();
        using DirectoryReader reader = DirectoryReader.Open(directory);

        Assert.Equal(1, reader.NumDocs);
    }

    private static SpladeField Fox(float weight, WeightEncoding encoding) =>
        new("splade", Vector(("fox", weight)), Model, new ImpactFormat { Encoding = encoding });

    // Frequencies in a field that has positions, as a plain text field writes them.
    private static TextField PositionedFrequency(string words) => new("splade", words, Field.Store.NO);

    private static SpladeQuery Query(params (string Term, float Weight)[] terms) => new("splade", Vector(terms));

    private static SparseVector Vector(params (string Term, float Weight)[] terms) =>
        SparseVector.Create(terms.Select(term => new SparseTerm(term.Term, term.Weight)));
}
