using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Tests.LuceneContracts.Support;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>WatchedReader: a filter reader shows what it reads.</summary>
public sealed class FilterReaderTests
{
    private readonly DirectoryReader _inner = TestIndex.Of(
        new[] { "a b", "a", "b a", "b" }.Select(
            text => TestIndex.Document(new TextField("text", text, Field.Store.YES))));

    private AtomicReader Inner => _inner.Leaves[0].AtomicReader;

    [Fact]
    public void FilterAtomicReader_NothingOverridden_ShowsWhatItReads()
    {
        var filter = new FilterAtomicReader(Inner);

        Assert.Equal((4, 4, 1), (filter.MaxDoc, filter.NumDocs, filter.FieldInfos.Count));
        Assert.Equal("b a", filter.Document(2).Get("text"));
        Assert.Equal(3, filter.DocFreq(new Term("text", "a")));
        Assert.Equal(Inner.GetNormValues("text").Get(0), filter.GetNormValues("text").Get(0));
        Assert.Null(filter.GetNumericDocValues("text"));
        Assert.Null(filter.GetTermVectors(0));
    }

    [Fact]
    public void Dispose_FilterReader_ClosesWhatItReads()
    {
        AtomicReader inner = Inner;
        new FilterAtomicReader(inner).Dispose();

        Assert.Equal(0, inner.RefCount);
    }

    [Fact]
    public void Search_DocumentsAndFrequenciesChanged_ScoresWhatTheFilterSays()
    {
        var filter = new EvenReader(Inner);
        var counted = new IndexSearcher(filter) { Similarity = new FrequencySimilarity() };
        TopDocs found = counted.Search(new TermQuery(new Term("text", "a")), 10);

        Assert.Equal([(0, 10f), (2, 10f)], found.ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
    }

    [Fact]
    public void DocsAndPositions_PositionsChanged_AreTheFilters()
    {
        var filter = new EvenReader(Inner);
        DocsAndPositionsEnum found = filter.GetTermPositionsEnum(new Term("text", "a"));

        Assert.Equal((0, 100), (found.NextDoc(), found.NextPosition()));
        Assert.Equal((2, 101), (found.NextDoc(), found.NextPosition()));
        Assert.Equal(new BytesRef("p"), found.GetPayload());
        Assert.Equal(DocIdSetIterator.NO_MORE_DOCS, found.NextDoc());
    }

    // Shows the documents with an even number only, each term ten times, positions a hundred further on.
    private sealed class EvenReader(AtomicReader input) : FilterAtomicReader(input)
    {
        public override Fields Fields => new EvenFields(m_input.Fields);

        private sealed class EvenFields(Fields input) : FilterFields(input)
        {
            public override Terms GetTerms(string field) => new EvenTerms(m_input.GetTerms(field));
        }

        private sealed class EvenTerms(Terms input) : FilterTerms(input)
        {
            public override TermsEnum GetEnumerator() => new EvenTermsEnum(m_input.GetEnumerator());

            public override TermsEnum GetEnumerator(TermsEnum reuse) => GetEnumerator();
        }

        private sealed class EvenTermsEnum(TermsEnum input) : FilterTermsEnum(input)
        {
            public override DocsEnum Docs(IBits liveDocs, DocsEnum reuse, DocsFlags flags) =>
                new EvenDocs(m_input.Docs(liveDocs, reuse: null, flags));

            public override DocsAndPositionsEnum DocsAndPositions(
                IBits liveDocs, DocsAndPositionsEnum reuse, DocsAndPositionsFlags flags) =>
                new EvenPositions(m_input.DocsAndPositions(liveDocs, reuse: null, flags));
        }

        private sealed class EvenDocs(DocsEnum input) : FilterDocsEnum(input)
        {
            public override int Freq => 10 * m_input.Freq;

            public override int NextDoc() => SkipOdd(m_input);
        }

        private sealed class EvenPositions(DocsAndPositionsEnum input) : FilterDocsAndPositionsEnum(input)
        {
            public override int NextDoc() => SkipOdd(m_input);

            public override int NextPosition() => 100 + m_input.NextPosition();

            public override BytesRef GetPayload() => new("p");
        }

        private static int SkipOdd(DocsEnum docs)
        {
            int doc = docs.NextDoc();
            while (doc != DocIdSetIterator.NO_MORE_DOCS && doc % 2 == 1) doc = docs.NextDoc();
            return doc;
        }
    }
}
