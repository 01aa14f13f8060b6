using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>SpladeFingerprint.Reading: SeekCeil finds the reserved terms.</summary>
public sealed class PostingsTests : IDisposable
{
    private static readonly FieldType Offsets = new(TextField.TYPE_NOT_STORED)
    {
        IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS, OmitNorms = true,
    };

    private readonly DirectoryReader _reader = TestIndex.Of(
    [
        Document("1", "b a b"), Document("2", "d"), Document("3", ""), Document("4", "a é b"),
        TestIndex.Document(new StoredField("stored", 1), new TextField("empty", "", Field.Store.NO)),
    ]);

    private AtomicReader Leaf => _reader.Leaves[0].AtomicReader;

    [Fact]
    public void SeekCeil_BeforeOnAndPastTheTerms_SaysWhere()
    {
        TermsEnum terms = Leaf.GetTerms("text").GetEnumerator();

        Assert.Equal(TermsEnum.SeekStatus.NOT_FOUND, terms.SeekCeil(new BytesRef("c")));
        Assert.Equal(("d", 1, 1L), (terms.Term.Utf8ToString(), terms.DocFreq, terms.TotalTermFreq));
        Assert.Equal(TermsEnum.SeekStatus.FOUND, terms.SeekCeil(new BytesRef("b")));
        Assert.True(terms.MoveNext());
        Assert.Equal("d", terms.Term.Utf8ToString());
        Assert.Equal(TermsEnum.SeekStatus.END, terms.SeekCeil(new BytesRef("𐐀")));
        Assert.False(terms.SeekExact(new BytesRef("c")));
    }

    public void Dispose() => _reader.Dispose();

    private static Document Document(string id, string text) => TestIndex.Document(
        new StringField("id", id, Field.Store.NO), new Field("text", text, Offsets),
        new NumericDocValuesField("length", text.Length));
}
