using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using SpladeLucene.Documents;
using SpladeLucene.Search;

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

        Assert.Equal(3, found[new SpladeFingerprint(First.Fingerprint, 5)]);
        Assert.Equal(1, found[new SpladeFingerprint(Second.Fingerprint, 5)]);
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
    public void Create_AnyModelAllowed_Searches()
    {
        using var directory = new RAMDirectory();
        using DirectoryReader reader = MixedIndex(directory);
        var options = new SpladeQueryOptions { AnyModel = true };

        TopDocs found = new IndexSearcher(reader).Search(SpladeQuery.Create(reader, "splade", "fox", First, options), 10);

        Assert.Equal(3, found.TotalHits);
    }

    [Fact]
    public void Create_OtherQuantizer_IsRefused()
    {
        using DirectoryReader reader = TestIndex.Of([Document(First, "fox")]);
        var options = new SpladeQueryOptions { Quantizer = new ImpactQuantizer(10) };

        Assert.Throws<FingerprintMismatchException>(() => SpladeQuery.Create(reader, "splade", "fox", First, options));
    }

    [Fact]
    public void Create_EmptyIndexOrForeignField_IsNotRefused()
    {
        using DirectoryReader reader = TestIndex.Of([]);

        Assert.Equal("splade(fox^2)", SpladeQuery.Create(reader, "splade", "fox", First).ToString("splade"));
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
        var fingerprint = new SpladeFingerprint(First.Fingerprint, 3.7);

        Assert.True(SpladeFingerprint.TryParse(fingerprint.ToTerm(), out SpladeFingerprint? parsed));
        Assert.Equal(fingerprint, parsed);
    }

    [Theory]
    [InlineData("fox")]
    [InlineData("[splade] ")]
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
