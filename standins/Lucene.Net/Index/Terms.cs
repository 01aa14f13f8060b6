using Lucene.Net.Util;

namespace Lucene.Net.Index;

// The terms of a field in order. A sum that was not recorded is -1.
public abstract class Terms
{
    public abstract IComparer<BytesRef> Comparer { get; }

    public abstract long Count { get; }

    public abstract int DocCount { get; }

    public abstract long SumDocFreq { get; }

    public abstract long SumTotalTermFreq { get; }

    public abstract bool HasFreqs { get; }

    public abstract bool HasPositions { get; }

    public abstract bool HasOffsets { get; }

    public abstract bool HasPayloads { get; }

    public abstract TermsEnum GetEnumerator();

    public virtual TermsEnum GetEnumerator(TermsEnum reuse) => GetEnumerator();
}
