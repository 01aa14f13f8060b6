using Lucene.Net.Util;

namespace Lucene.Net.Index;

internal sealed class SegmentTermsEnum(SegmentTerms terms) : TermsEnum
{
    private int _ord = -1;

    public override IComparer<BytesRef> Comparer => terms.Comparer;

    public override BytesRef Term { get; } = new();

    public override long Ord => _ord;

    public override int DocFreq => terms.Postings(_ord).Docs.Length;

    public override long TotalTermFreq => terms.HasFreqs ? terms.Postings(_ord).TotalFreq : -1;

    public override bool MoveNext()
    {
        if (_ord + 1 >= terms.Count)
        {
            return false;
        }
        MoveTo(_ord + 1);
        return true;
    }

    [Obsolete("Use MoveNext and Term.")]
    public override BytesRef Next() => MoveNext() ? Term : null;

    public override SeekStatus SeekCeil(BytesRef text)
    {
        int found = terms.Find(text.Span);
        int ord = found < 0 ? ~found : found;
        if (ord == terms.Count)
        {
            _ord = ord;
            return SeekStatus.END;
        }
        MoveTo(ord);
        return found < 0 ? SeekStatus.NOT_FOUND : SeekStatus.FOUND;
    }

    public override void SeekExact(long ord) => MoveTo((int)ord);

    public override DocsEnum Docs(IBits liveDocs, DocsEnum reuse, DocsFlags flags) =>
        new PostingsEnum(terms.Postings(_ord), liveDocs);

    public override DocsAndPositionsEnum DocsAndPositions(
        IBits liveDocs, DocsAndPositionsEnum reuse, DocsAndPositionsFlags flags) =>
        terms.HasPositions || terms.HasOffsets ? new PostingsEnum(terms.Postings(_ord), liveDocs) : null;

    private void MoveTo(int ord)
    {
        _ord = ord;
        Term.Refer(terms.Term(ord));
    }
}
