using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>TargetVectors: a missing binary doc value is empty.</summary>
public sealed class DocValuesTests : IDisposable
{
    private readonly DirectoryReader _reader = TestIndex.Of(
    [
        TestIndex.Document(
            new NumericDocValuesField("number", -5), new BinaryDocValuesField("bytes", new BytesRef([0, 255])),
            new SortedDocValuesField("sorted", new BytesRef("m")),
            new SortedSetDocValuesField("set", new BytesRef("y")),
            new SortedSetDocValuesField("set", new BytesRef("x"))),
        TestIndex.Document(new TextField("text", "a b c d", Field.Store.NO)),
        TestIndex.Document(
            new NumericDocValuesField("number", long.MaxValue), new SortedDocValuesField("sorted", new BytesRef("b")),
            new SortedSetDocValuesField("set", new BytesRef("x")), new TextField("text", "a", Field.Store.NO)),
    ]);

    private AtomicReader Leaf => _reader.Leaves[0].AtomicReader;

    [Fact]
    public void GetBinaryDocValues_MissingValue_IsEmpty()
    {
        BinaryDocValues bytes = Leaf.GetBinaryDocValues("bytes");

        Assert.Equal(["[0 ff]", "[]", "[]"], Documents.Select(doc => Value(bytes, doc).ToString()));
        Assert.Equal([true, false, false], Documents.Select(Leaf.GetDocsWithField("bytes").Get));
    }

    public void Dispose() => _reader.Dispose();

    private IEnumerable<int> Documents => Enumerable.Range(0, Leaf.MaxDoc);

    private static BytesRef Value(BinaryDocValues values, int doc)
    {
        var value = new BytesRef();
        values.Get(doc, value);
        return value;
    }
}
