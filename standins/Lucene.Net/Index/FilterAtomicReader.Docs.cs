using Lucene.Net.Util;

namespace Lucene.Net.Index;

public partial class FilterAtomicReader
{
    public class FilterDocsEnum : DocsEnum
    {
        protected internal DocsEnum m_input;

        public FilterDocsEnum(DocsEnum input)
        {
            m_input = input;
        }

        public override int DocID => m_input.DocID;

        public override int Freq => m_input.Freq;

        public override int NextDoc() => m_input.NextDoc();

        public override int Advance(int target) => m_input.Advance(target);

        public override long GetCost() => m_input.GetCost();
    }

    public class FilterDocsAndPositionsEnum : DocsAndPositionsEnum
    {
        protected internal readonly DocsAndPositionsEnum m_input;

        public FilterDocsAndPositionsEnum(DocsAndPositionsEnum input)
        {
            m_input = input;
        }

        public override int DocID => m_input.DocID;

        public override int Freq => m_input.Freq;

        public override int StartOffset => m_input.StartOffset;

        public override int EndOffset => m_input.EndOffset;

        public override int NextDoc() => m_input.NextDoc();

        public override int Advance(int target) => m_input.Advance(target);

        public override int NextPosition() => m_input.NextPosition();

        public override BytesRef GetPayload() => m_input.GetPayload();

        public override long GetCost() => m_input.GetCost();
    }
}
