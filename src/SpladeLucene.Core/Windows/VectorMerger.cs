namespace SpladeLucene.Windows;

/// <summary>
/// Makes one vector of those of a text's windows, as they come. A term keeps the span of its heaviest window, the first
/// one's on a tie. Vectors are in order, so they are merged as merge sort does it, those of as many windows with each other:
/// O(n log w), and no term is looked up.
/// </summary>
internal sealed class VectorMerger(WindowMerge merge)
{
    // Each of twice as many windows as the next, or more.
    private readonly Stack<Merged> _parts = new();
    private SparseVector _only = SparseVector.Empty;
    private int _windows;

    public void Add(SparseVector vector)
    {
        if (_windows++ == 0)
        {
            _only = vector;
            return;
        }

        if (_parts.Count == 0) Push(Merged.Of(_only));
        Push(Merged.Of(vector));
    }

    public SparseVector Result()
    {
        if (_parts.Count == 0) return _only;
        // The last windows come first out of a stack.
        Merged all = _parts.Aggregate(static (later, earlier) => earlier.With(later));
        return SparseVector.FromDistinctInOrder(all.Shares, share => new SparseTerm(
            share.Term, merge.WeightOf(share.Sum, share.Heaviest, share.Windows, _windows), share.Span));
    }

    private void Push(Merged part)
    {
        while (_parts.TryPeek(out Merged? before) && before.Windows == part.Windows) part = _parts.Pop().With(part);
        _parts.Push(part);
    }

    /// <summary>What some windows give each term, in the order of the terms.</summary>
    private sealed record Merged(int Windows, Share[] Shares)
    {
        public static Merged Of(SparseVector vector)
        {
            var shares = new Share[vector.Count];
            ReadOnlySpan<SparseTerm> terms = vector.AsSpan();
            for (int i = 0; i < shares.Length; i++)
                shares[i] = new Share(terms[i].Term, terms[i].Weight, 1, terms[i].Weight, terms[i].Span);

            return new Merged(1, shares);
        }

        public Merged With(Merged later)
        {
            ReadOnlySpan<Share> left = Shares, right = later.Shares;
            var both = new Share[left.Length + right.Length];
            int i = 0, j = 0, count = 0;
            while (i < left.Length && j < right.Length)
            {
                int order = string.CompareOrdinal(left[i].Term, right[j].Term);
                if (order < 0) both[count++] = left[i++];
                else if (order > 0) both[count++] = right[j++];
                else both[count++] = left[i++].With(right[j++]);
            }

            left[i..].CopyTo(both.AsSpan(count));
            right[j..].CopyTo(both.AsSpan(count + left.Length - i));
            Array.Resize(ref both, count + left.Length - i + right.Length - j);
            return new Merged(Windows + later.Windows, both);
        }
    }

    private readonly record struct Share(string Term, double Sum, int Windows, float Heaviest, SourceSpan? Span)
    {
        public Share With(Share later)
        {
            bool wins = later.Heaviest > Heaviest
                || (later.Heaviest == Heaviest && StartOf(later.Span) < StartOf(Span));
            return new Share(Term, Sum + later.Sum, Windows + later.Windows,
                wins ? later.Heaviest : Heaviest, wins ? later.Span : Span);
        }

        private static int StartOf(SourceSpan? span) => span?.Start ?? int.MaxValue;
    }
}
