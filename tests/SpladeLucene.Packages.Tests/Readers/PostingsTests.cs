using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Packages.Tests.Readers;

/// <summary>Fields, terms, documents and occurrences of a segment.</summary>
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
    public void FieldInfos_EachField_SaysWhatIsKept()
    {
        FieldInfos infos = Leaf.FieldInfos;

        Assert.Equal(5, infos.Count);
        Assert.Equal([0, 1, 2, 3, 4], infos.Select(info => info.Number));
        Assert.Equal(
            [
                "id DOCS_ONLY", "text DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS", "length NONE", "stored NONE",
                "empty DOCS_AND_FREQS_AND_POSITIONS",
            ],
            infos.Select(info => $"{info.Name} {Options(info)}"));
        Assert.Equal(["id", "text", "empty"], infos.Where(info => info.IsIndexed).Select(info => info.Name));
        Assert.Equal(["id", "text"], infos.Where(info => info.OmitsNorms).Select(info => info.Name));
        Assert.Equal(["empty"], infos.Where(info => info.HasNorms).Select(info => info.Name));
        Assert.Equal(["length"], infos.Where(info => info.HasDocValues).Select(info => info.Name));
        Assert.Same(infos.First(), infos.FieldInfo("id"));
        Assert.Null(infos.FieldInfo("none"));
    }

    [Fact]
    public void Fields_IndexedOnes_AreThoseThatHaveATerm()
    {
        Assert.Equal(["id", "text"], Leaf.Fields);
        Assert.Null(Leaf.GetTerms("empty"));
        Assert.Null(Leaf.GetTerms("length"));
    }

    [Fact]
    public void Terms_Statistics_CountDocumentsAndOccurrences()
    {
        Terms terms = Leaf.GetTerms("text");

        Assert.Equal((4L, 3, 6L, 7L), (terms.Count, terms.DocCount, terms.SumDocFreq, terms.SumTotalTermFreq));
        Assert.Equal((true, true), (terms.HasFreqs, terms.HasPositions));
        Assert.Equal((true, false), (terms.HasOffsets, terms.HasPayloads));
        Assert.Equal(-1, Leaf.GetTerms("id").SumTotalTermFreq);
        Assert.Equal((3, 6L), (_reader.GetDocCount("text"), _reader.GetSumDocFreq("text")));
        Assert.Equal(7, _reader.GetSumTotalTermFreq("text"));
        Assert.Equal((2, 3L), (_reader.DocFreq(new Term("text", "b")), _reader.TotalTermFreq(new Term("text", "b"))));
    }

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

    [Fact]
    public void GetEnumerator_Reused_StartsOver()
    {
        Terms terms = Leaf.GetTerms("text");
        TermsEnum first = terms.GetEnumerator();
        while (first.MoveNext()) Assert.NotEqual(0, first.DocFreq);

        Assert.Equal(["a", "b", "d", "é"], Walk(terms.GetEnumerator(first)));
        Assert.Equal(0, terms.Comparer.Compare(new BytesRef("a"), new BytesRef("a")));
    }

    [Fact]
    public void Docs_WithAndWithoutFrequencies_WalksTheLiveOnes()
    {
        TermsEnum terms = Leaf.GetTerms("text").GetEnumerator();
        Assert.True(terms.SeekExact(new BytesRef("b")));
        var live = new FixedBitSet(Leaf.MaxDoc);
        live.Set(3);

        Assert.Equal([0, 3], Docs(terms.Docs(null, null, DocsFlags.NONE)));
        Assert.Equal([3], Docs(terms.Docs(live, null, DocsFlags.NONE)));
        DocsEnum docs = terms.Docs(null, null);
        Assert.Equal(-1, docs.DocID);
        Assert.Equal((0, 2), (docs.NextDoc(), docs.Freq));
        Assert.Equal((3, 1), (docs.Advance(1), docs.Freq));
        Assert.Equal(DocIdSetIterator.NO_MORE_DOCS, docs.Advance(4));
        Assert.Equal(2, terms.Docs(null, null).GetCost());
    }

    [Fact]
    public void DocsAndPositions_WithOffsets_GivesEachOccurrence()
    {
        TermsEnum terms = Leaf.GetTerms("text").GetEnumerator();
        Assert.True(terms.SeekExact(new BytesRef("b")));

        Assert.Equal("0@0 0@2 3@2", Occurrences(terms.DocsAndPositions(null, null, DocsAndPositionsFlags.NONE), false));
        Assert.Equal(
            "0@0:0-1 0@2:4-5 3@2:4-5",
            Occurrences(terms.DocsAndPositions(null, null, DocsAndPositionsFlags.OFFSETS), true));
        TermsEnum ids = Leaf.GetTerms("id").GetEnumerator();
        Assert.True(ids.MoveNext());
        Assert.Null(ids.DocsAndPositions(null, null));
    }

    [Fact]
    public void GetTermDocsEnum_KnownAndUnknownTerms_AreDocumentsOrNull()
    {
        Assert.Equal([0, 3], Docs(Leaf.GetTermDocsEnum(new Term("text", "a"))));
        Assert.Null(Leaf.GetTermDocsEnum(new Term("text", "c")));
        Assert.Null(Leaf.GetTermDocsEnum(new Term("none", "a")));
        Assert.Equal("3@1:2-3", Occurrences(Leaf.GetTermPositionsEnum(new Term("text", "é")), true));
        Assert.Null(Leaf.GetTermPositionsEnum(new Term("text", "c")));
        Assert.Null(Leaf.GetTermPositionsEnum(new Term("id", "1")));
    }

    public void Dispose() => _reader.Dispose();

    private static Document Document(string id, string text) => TestIndex.Document(
        new StringField("id", id, Field.Store.NO), new Field("text", text, Offsets),
        new NumericDocValuesField("length", text.Length));

    private static string Options(FieldInfo info) =>
        info.IndexOptions == IndexOptions.NONE ? "NONE" : info.IndexOptions.ToString();

    private static IEnumerable<string> Walk(TermsEnum terms)
    {
        while (terms.MoveNext()) yield return terms.Term.Utf8ToString();
    }

    private static IEnumerable<int> Docs(DocsEnum docs)
    {
        while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) yield return docs.DocID;
    }

    private static string Occurrences(DocsAndPositionsEnum found, bool offsets)
    {
        var seen = new List<string>();
        while (found.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
        {
            for (int left = found.Freq; left > 0; left--)
            {
                string place = $"{found.DocID}@{found.NextPosition()}";
                seen.Add(offsets ? $"{place}:{found.StartOffset}-{found.EndOffset}" : place);
            }
        }

        return string.Join(' ', seen);
    }
}
