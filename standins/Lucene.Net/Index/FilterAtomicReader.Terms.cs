using Lucene.Net.Util;

namespace Lucene.Net.Index;

public partial class FilterAtomicReader
{
    public class FilterFields : Fields
    {
        protected readonly Fields m_input;

        public FilterFields(Fields input)
        {
            m_input = input;
        }

        public override int Count => m_input.Count;

        public override Terms GetTerms(string field) => m_input.GetTerms(field);

        public override IEnumerator<string> GetEnumerator() => m_input.GetEnumerator();
    }

    public class FilterTerms : Terms
    {
        protected readonly Terms m_input;

        public FilterTerms(Terms input)
        {
            m_input = input;
        }

        public override IComparer<BytesRef> Comparer => m_input.Comparer;

        public override long Count => m_input.Count;

        public override int DocCount => m_input.DocCount;

        public override long SumDocFreq => m_input.SumDocFreq;

        public override long SumTotalTermFreq => m_input.SumTotalTermFreq;

        public override bool HasFreqs => m_input.HasFreqs;

        public override bool HasPositions => m_input.HasPositions;

        public override bool HasOffsets => m_input.HasOffsets;

        public override bool HasPayloads => m_input.HasPayloads;

        public override TermsEnum GetEnumerator() => m_input.GetEnumerator();

        public override TermsEnum GetEnumerator(TermsEnum reuse) => m_input.GetEnumerator(reuse);
    }

    public class FilterTermsEnum : TermsEnum
    {
        protected internal readonly TermsEnum m_input;

        public FilterTermsEnum(TermsEnum input)
        {
            m_input = input;
        }

        public override IComparer<BytesRef> Comparer => m_input.Comparer;

        public override BytesRef Term => m_input.Term;

        public override long Ord => m_input.Ord;

        public override int DocFreq => m_input.DocFreq;

        public override long TotalTermFreq => m_input.TotalTermFreq;

        public override bool MoveNext() => m_input.MoveNext();

        [Obsolete("Use MoveNext and Term.")]
        public override BytesRef Next() => MoveNext() ? Term : null;

        public override SeekStatus SeekCeil(BytesRef text) => m_input.SeekCeil(text);

        public override void SeekExact(long ord) => m_input.SeekExact(ord);

        public override DocsEnum Docs(IBits liveDocs, DocsEnum reuse, DocsFlags flags) =>
            m_input.Docs(liveDocs, reuse, flags);

        public override DocsAndPositionsEnum DocsAndPositions(
            IBits liveDocs, DocsAndPositionsEnum reuse, DocsAndPositionsFlags flags) =>
            m_input.DocsAndPositions(liveDocs, reuse, flags);
    }
}
