using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;

namespace SpladeLucene.Tests;

public sealed class SpladeFingerprintTests
{
    private static readonly WordEncoder First = new("first");
    private static readonly WordEncoder Second = new("second");

    [Fact]
    public void Read_TwoModelsInTwoSegments_CountsTheirDocuments()
    {
        using var directory = new RAMDirectory();
        using DirectoryReader reader = MixedIndex(directory);

        IReadOnlyDictionary<SpladeFingerprint, int> found = SpladeFingerprint.Read(reader, "splade");

        Assert.Equal(3, found[new SpladeFingerprint(First.Fingerprint, 5, WeightEncoding.Payload)]);
        Assert.Equal(1, found[new SpladeFingerprint(Second.Fingerprint, 5, WeightEncoding.Payload)]);
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public void Create_FieldOfTwoModels_IsRefusedWithBothNames()
    {
        using var directory = new RAMDirectory();
        using DirectoryReader reader = MixedIndex(directory);

        var error = Assert.Throws<FingerprintMismatchException>(
            () => SpladeQuery.Create(reader, "splade", "fox", First));

        Assert.Contains("first model=", error.Message, StringComparison.Ordinal);
        Assert.Contains("second model=", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_CheckSkipped_Searches()
    {
        using var directory = new RAMDirectory();
        using DirectoryReader reader = MixedIndex(directory);
        var options = new SpladeQueryOptions { SkipModelCheck = true };

        TopDocs found = new IndexSearcher(reader).Search(SpladeQuery.Create(reader, "splade", "fox", First, options), 10);

        Assert.Equal(3, found.TotalHits);
    }

    [Fact]
    public void Create_OtherQuantizer_IsRefused()
    {
        using DirectoryReader reader = TestIndex.Of([Document(First, "fox")]);
        var options = new SpladeQueryOptions { Format = new ImpactFormat { Quantizer = new ImpactQuantizer(10) } };

        Assert.Throws<FingerprintMismatchException>(() => SpladeQuery.Create(reader, "splade", "fox", First, options));
    }

    [Fact]
    public void Create_EmptyIndexOrFieldThatMayBeMissing_FindsNothing()
    {
        using DirectoryReader empty = TestIndex.Of([]), other = TestIndex.Of([Document(First, "fox")]);

        Assert.Equal("splade(fox^2)", SpladeQuery.Create(empty, "splade", "fox", First).ToString("splade"));
        SpladeQuery query = SpladeQuery.Create(
            other, "nowhere", "fox", First, new SpladeQueryOptions { AllowMissingField = true });
        Assert.Equal(0, new IndexSearcher(other).Search(query, 1).TotalHits);
    }

    [Fact]
    public void Create_FieldOfPlainText_IsRefused()
    {
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(new TextField("body", "fox", Field.Store.NO))]);

        var error = Assert.Throws<InvalidOperationException>(() => SpladeQuery.Create(reader, "body", "fox", First));

        Assert.Contains("'body'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_OldModelOnlyInDeletedDocuments_IsAccepted()
    {
        using var directory = new RAMDirectory();
        using var writer = new IndexWriter(directory, TestIndex.Config());
        writer.AddDocument(TestIndex.Document(
            new StringField("id", "1", Field.Store.NO), new SpladeField("splade", First.Encode("fox"), First.Fingerprint)));
        writer.AddDocument(Document(Second, "fox"));
        writer.Commit();
        writer.DeleteDocuments(new Term("id", "1"));
        using DirectoryReader reader = DirectoryReader.Open(writer, applyAllDeletes: true);

        Assert.Equal(2, SpladeFingerprint.Read(reader, "splade").Count);
        Assert.Equal(1, new IndexSearcher(reader).Search(SpladeQuery.Create(reader, "splade", "fox", Second), 1).TotalHits);
    }

    [Fact]
    public void RequireIn_SecondTime_WalksOverNoPostings()
    {
        using DirectoryReader reader = TestIndex.Of([Document(First, "fox"), Document(First, "dog")]);
        var counting = new CountingReader(Assert.Single(reader.Leaves).AtomicReader);
        var fingerprint = new SpladeFingerprint(First.Fingerprint, ImpactQuantizer.DefaultRange);
        fingerprint.RequireIn(counting, "splade");
        int walks = counting.Walks;
        Assert.True(walks > 0);
        fingerprint.RequireIn(counting, "splade");
        Assert.Equal(walks, counting.Walks);
    }

    /// <summary>Counts how often somebody asks for a field's terms.</summary>
    private sealed class CountingReader(AtomicReader inner) : FilterAtomicReader(inner)
    {
        public int Walks { get; private set; }

        public override Fields Fields
        {
            get
            {
                Walks++;
                return base.Fields;
            }
        }
    }

    [Fact]
    public void Create_UnreadableFingerprint_IsRefused()
    {
        using DirectoryReader reader = TestIndex.Of(
            [TestIndex.Document(new StringField("splade", SpladeFingerprint.TermPrefix + "from the future", Field.Store.NO))]);

        Assert.Throws<InvalidOperationException>(() => SpladeQuery.Create(reader, "splade", "fox", First));
    }

    [Fact]
    public void Search_ForTheReservedTermItself_IsNotPossible()
    {
        string reserved = new SpladeFingerprint(First.Fingerprint, 5).ToTerm();

        Assert.Throws<ArgumentException>(
            () => new SpladeQuery("splade", SparseVector.Create([new SparseTerm(reserved, 1)])));
    }

    [Fact]
    public void TryParse_WhatToTermWrote_ComesBack()
    {
        foreach (WeightEncoding? encoding in new WeightEncoding?[] { null, WeightEncoding.TermFrequency })
        {
            var fingerprint = new SpladeFingerprint(First.Fingerprint, 3.7, encoding);

            Assert.True(SpladeFingerprint.TryParse(fingerprint.ToTerm(), out SpladeFingerprint? parsed));
            Assert.Equal(fingerprint, parsed);
        }
    }

    [Theory]
    [InlineData(" range=5 encoding=7")]
    [InlineData(" range=5 encoding=1")]
    [InlineData(" range=5 encoding=Payload, TermFrequency")]
    [InlineData(" range=5 encoding= Payload")]
    [InlineData(" range=-5")]
    [InlineData(" range=0")]
    [InlineData(" range=NaN")]
    [InlineData(" range=1e7 encoding=Payload")]
    public void Create_FingerprintOfNoEncodingOrRange_IsRefusedByName(string end)
    {
        string term = SpladeFingerprint.TermPrefix + First.Fingerprint + end;
        using DirectoryReader reader = TestIndex.Of([TestIndex.Document(new StringField("splade", term, Field.Store.NO))]);

        Assert.False(SpladeFingerprint.TryParse(term, out _));
        foreach (Action read in new Action[]
        {
            () => SpladeFingerprint.Read(reader, "splade"), () => SpladeQuery.Create(reader, "splade", "fox", First), () => SpladeCoverage.Of(reader, "splade"),
        })
        {
            var error = Assert.Throws<InvalidOperationException>(read);
            Assert.Equal($"The field 'splade' holds a fingerprint that can't be read, '{term}': take the version that wrote it or a later one, or index the documents again.", error.Message);
        }
    }

    [Theory]
    [InlineData("fox")]
    [InlineData("[splade] ")]
    [InlineData("[splade] range=5")]
    [InlineData("[splade] encoding=Payload")]
    [InlineData("[splade] nonsense range=5")]
    [InlineData("first model=a vocabulary=b head=c tokens=1 terms=all minimum=0 range=5")]
    public void TryParse_AnythingElse_IsRefused(string term) => Assert.False(SpladeFingerprint.TryParse(term, out _));

    // Three documents of the first model, one of them empty, and one of the second.
    private static DirectoryReader MixedIndex(RAMDirectory directory)
    {
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            writer.AddDocument(Document(First, "fox"));
            writer.AddDocument(Document(First, ""));
            writer.Commit();
            writer.AddDocument(Document(First, "red fox"));
            writer.AddDocument(Document(Second, "fox"));
        }

        return DirectoryReader.Open(directory);
    }

    private static Lucene.Net.Documents.Document Document(WordEncoder encoder, string text) =>
        TestIndex.Document(new SpladeField("splade", encoder.Encode(text), encoder.Fingerprint));
}
