using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Tests.LuceneContracts.Support;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>SegmentAssembler: ParallelAtomicReader pairs documents by number.</summary>
public sealed class ParallelReaderTests : IDisposable
{
    private readonly DirectoryReader _left = TestIndex.Of([LiveIndex.Document("1", "a"), LiveIndex.Document("2", "b")]);

    private readonly DirectoryReader _right = TestIndex.Of([Side("x", 7), Side("y", 8)]);

    [Fact]
    public void ParallelAtomicReader_FieldInBoth_IsTheFirstReaders()
    {
        using var both = new ParallelAtomicReader(closeSubReaders: false, Leaf(_left), Leaf(_right));

        Assert.Equal(["id", "side", "text"], both.Fields);
        Assert.Equal(1, both.DocFreq(new Term("id", "1")));
        Assert.Equal(0, both.DocFreq(new Term("id", "x")));
        Assert.Equal(1, both.DocFreq(new Term("side", "y")));
        Assert.Equal(8, both.GetNumericDocValues("number").Get(1));
        Assert.NotNull(both.GetNormValues("text"));
        Assert.Equal(["2", "y"], both.Document(1).GetValues("id"));
        Assert.Equal(4, both.FieldInfos.Count);
    }

    [Fact]
    public void ParallelAtomicReader_Deletions_AreTheFirstReaders()
    {
        using var index = new LiveIndex();
        index.AddSegment("1", "2").Delete("1");
        using DirectoryReader deleted = index.Open();
        using var both = new ParallelAtomicReader(closeSubReaders: false, Leaf(deleted), Leaf(_right));
        using var turned = new ParallelAtomicReader(closeSubReaders: false, Leaf(_right), Leaf(deleted));

        Assert.Equal((1, 2, false), (both.NumDocs, both.MaxDoc, both.LiveDocs.Get(0)));
        Assert.Equal((2, 2), (turned.NumDocs, turned.MaxDoc));
        Assert.Null(turned.LiveDocs);
    }

    [Fact]
    public void Dispose_MadeToCloseItsReaders_ClosesThem()
    {
        AtomicReader left = Leaf(TestIndex.Of([Side("x", 7)])), right = Leaf(TestIndex.Of([Side("y", 8)]));
        new ParallelAtomicReader(left, right).Dispose();

        Assert.Equal((0, 0), (left.RefCount, right.RefCount));
    }

    [Fact]
    public void Dispose_MadeToLeaveThem_GivesItsReferenceBack()
    {
        AtomicReader left = Leaf(_left);
        var both = new ParallelAtomicReader(closeSubReaders: false, left);
        Assert.Equal(2, left.RefCount);
        both.Dispose();

        Assert.Equal(1, left.RefCount);
    }

    [Fact]
    public void ParallelAtomicReader_OtherNumberOfDocuments_IsRefused()
    {
        using DirectoryReader single = TestIndex.Of([Side("x", 7)]);

        Assert.Throws<ArgumentException>(() => new ParallelAtomicReader(Leaf(_left), Leaf(single)));
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    private static AtomicReader Leaf(DirectoryReader reader) => reader.Leaves.Single().AtomicReader;

    private static Document Side(string text, long number) => TestIndex.Document(
        new StringField("id", text, Field.Store.YES), new StringField("side", text, Field.Store.NO),
        new NumericDocValuesField("number", number));
}
