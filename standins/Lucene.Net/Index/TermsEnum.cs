using Lucene.Net.Util;

namespace Lucene.Net.Index;

// A walk over terms, and from the term at hand to its documents.
public abstract class TermsEnum
{
    public enum SeekStatus
    {
        END,
        FOUND,
        NOT_FOUND,
    }

    public abstract IComparer<BytesRef> Comparer { get; }

    public abstract BytesRef Term { get; }

    public abstract long Ord { get; }

    public abstract int DocFreq { get; }

    public abstract long TotalTermFreq { get; }

    public abstract bool MoveNext();

    [Obsolete("Use MoveNext and Term.")]
    public abstract BytesRef Next();

    // The first term at or after text.
    public abstract SeekStatus SeekCeil(BytesRef text);

    public virtual bool SeekExact(BytesRef text) => SeekCeil(text) == SeekStatus.FOUND;

    public abstract void SeekExact(long ord);

    public DocsEnum Docs(IBits liveDocs, DocsEnum reuse) => Docs(liveDocs, reuse, DocsFlags.FREQS);

    public abstract DocsEnum Docs(IBits liveDocs, DocsEnum reuse, DocsFlags flags);

    public DocsAndPositionsEnum DocsAndPositions(IBits liveDocs, DocsAndPositionsEnum reuse) =>
        DocsAndPositions(liveDocs, reuse, DocsAndPositionsFlags.OFFSETS | DocsAndPositionsFlags.PAYLOADS);

    // Null where the field has no positions.
    public abstract DocsAndPositionsEnum DocsAndPositions(
        IBits liveDocs, DocsAndPositionsEnum reuse, DocsAndPositionsFlags flags);
}
