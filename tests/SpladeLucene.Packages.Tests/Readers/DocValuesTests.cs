using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Packages.Tests.Readers;

/// <summary>Columns of values beside the documents, and norms.</summary>
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
    public void GetNumericDocValues_MissingValue_IsZero()
    {
        NumericDocValues numbers = Leaf.GetNumericDocValues("number");

        Assert.Equal([-5, 0, long.MaxValue], Documents.Select(numbers.Get));
        Assert.Equal([true, false, true], Documents.Select(Leaf.GetDocsWithField("number").Get));
    }

    [Fact]
    public void GetBinaryDocValues_MissingValue_IsEmpty()
    {
        BinaryDocValues bytes = Leaf.GetBinaryDocValues("bytes");

        Assert.Equal(["[0 ff]", "[]", "[]"], Documents.Select(doc => Value(bytes, doc).ToString()));
        Assert.Equal([true, false, false], Documents.Select(Leaf.GetDocsWithField("bytes").Get));
    }

    [Fact]
    public void GetSortedDocValues_Values_AreNumberedInTheirOrder()
    {
        SortedDocValues sorted = Leaf.GetSortedDocValues("sorted");
        var first = new BytesRef();
        sorted.LookupOrd(0, first);

        Assert.Equal([1, -1, 0], Documents.Select(sorted.GetOrd));
        Assert.Equal((2, "b"), (sorted.ValueCount, first.Utf8ToString()));
        Assert.Equal(["m", "", "b"], Documents.Select(doc => Value(sorted, doc).Utf8ToString()));
    }

    [Fact]
    public void GetSortedSetDocValues_SeveralValues_ComeInTheirOrder()
    {
        SortedSetDocValues sets = Leaf.GetSortedSetDocValues("set");

        Assert.Equal(2, sets.ValueCount);
        Assert.Equal(["x y", "", "x"], Documents.Select(doc => string.Join(' ', Values(sets, doc))));
        Assert.Equal([true, false, true], Documents.Select(Leaf.GetDocsWithField("set").Get));
    }

    [Fact]
    public void GetDocValues_OtherKindOrUnknownField_IsNull()
    {
        Assert.Null(Leaf.GetNumericDocValues("sorted"));
        Assert.Null(Leaf.GetSortedDocValues("number"));
        Assert.Null(Leaf.GetBinaryDocValues("none"));
        Assert.Null(Leaf.GetSortedSetDocValues("text"));
        Assert.Null(Leaf.GetDocsWithField("none"));
        Assert.Equal(
            [
                DocValuesType.NUMERIC, DocValuesType.BINARY, DocValuesType.SORTED, DocValuesType.SORTED_SET,
                DocValuesType.NONE,
            ],
            Leaf.FieldInfos.Select(info => info.DocValuesType));
    }

    [Fact]
    public void GetNormValues_FieldWithAndWithout_IsTheEncodedLengthOrNull()
    {
        Assert.Equal([0, 120, 124], Documents.Select(Leaf.GetNormValues("text").Get));
        Assert.Null(Leaf.GetNormValues("number"));
        Assert.Null(Leaf.GetNormValues("none"));
    }

    [Fact]
    public void AddDocument_SecondValueOrOtherKind_IsRefused()
    {
        using var index = new Support.LiveIndex();
        Assert.Throws<ArgumentException>(() => index.Writer.AddDocument(TestIndex.Document(
            new NumericDocValuesField("f", 1), new NumericDocValuesField("f", 2))));
        index.Writer.AddDocument(TestIndex.Document(new NumericDocValuesField("n", 1)));

        Assert.Throws<ArgumentException>(() => index.Writer.AddDocument(TestIndex.Document(
            new BinaryDocValuesField("n", new BytesRef("x")))));
    }

    public void Dispose() => _reader.Dispose();

    private IEnumerable<int> Documents => Enumerable.Range(0, Leaf.MaxDoc);

    private static BytesRef Value(BinaryDocValues values, int doc)
    {
        var value = new BytesRef();
        values.Get(doc, value);
        return value;
    }

    private static IEnumerable<string> Values(SortedSetDocValues values, int doc)
    {
        var value = new BytesRef();
        values.SetDocument(doc);
        for (long ord = values.NextOrd(); ord != SortedSetDocValues.NO_MORE_ORDS; ord = values.NextOrd())
        {
            values.LookupOrd(ord, value);
            yield return value.Utf8ToString();
        }
    }
}
