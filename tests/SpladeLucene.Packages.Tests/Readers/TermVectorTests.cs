using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Packages.Tests.Readers;

/// <summary>The terms of one document.</summary>
public sealed class TermVectorTests : IDisposable
{
    private static readonly FieldType Everything = new(TextField.TYPE_NOT_STORED)
    {
        StoreTermVectors = true, StoreTermVectorPositions = true, StoreTermVectorOffsets = true,
    };

    private static readonly FieldType TermsOnly = new(TextField.TYPE_NOT_STORED) { StoreTermVectors = true };

    private readonly DirectoryReader _reader = TestIndex.Of(
    [
        TestIndex.Document(
            new Field("full", "b a b", Everything), new Field("bare", "y x x", TermsOnly),
            new Field("full", "a", Everything)),
        TestIndex.Document(new TextField("full", "none of it", Field.Store.NO)),
    ]);

    [Fact]
    public void GetTermVectors_Document_HasTheFieldsThatKeepThem()
    {
        Assert.Equal(["bare", "full"], _reader.GetTermVectors(0));
        Assert.Null(_reader.GetTermVectors(1));
        Assert.Null(_reader.GetTermVector(0, "none"));
        Assert.True(_reader.Leaves[0].AtomicReader.FieldInfos.FieldInfo("bare").HasVectors);
    }

    [Fact]
    public void GetTermVector_WithPositionsAndOffsets_GivesEachOccurrence()
    {
        Terms vector = _reader.GetTermVector(0, "full");

        Assert.Equal((2L, 1, 2L), (vector.Count, vector.DocCount, vector.SumDocFreq));
        Assert.Equal((true, true, false), (vector.HasPositions, vector.HasOffsets, vector.HasPayloads));
        Assert.Equal("a 1:2-3 3:6-7 b 0:0-1 2:4-5", Occurrences(vector));
    }

    [Fact]
    public void GetTermVector_TermsOnly_HasFrequenciesAndNoPositions()
    {
        Terms vector = _reader.GetTermVector(0, "bare");
        TermsEnum terms = vector.GetEnumerator();

        Assert.Equal((false, false), (vector.HasPositions, vector.HasOffsets));
        Assert.Equal(TermsEnum.SeekStatus.NOT_FOUND, terms.SeekCeil(new BytesRef("w")));
        Assert.Equal(("x", 1, 2L), (terms.Term.Utf8ToString(), terms.DocFreq, terms.TotalTermFreq));
        Assert.Null(terms.DocsAndPositions(null, null));
        DocsEnum docs = terms.Docs(null, null);
        Assert.Equal((0, 2), (docs.NextDoc(), docs.Freq));
    }

    public void Dispose() => _reader.Dispose();

    private static string Occurrences(Terms vector)
    {
        var seen = new List<string>();
        TermsEnum terms = vector.GetEnumerator();
        while (terms.MoveNext())
        {
            seen.Add(terms.Term.Utf8ToString());
            DocsAndPositionsEnum found = terms.DocsAndPositions(null, null);
            found.NextDoc();
            for (int left = found.Freq; left > 0; left--)
                seen.Add($"{found.NextPosition()}:{found.StartOffset}-{found.EndOffset}");
        }

        return string.Join(' ', seen);
    }
}
