using System.Buffers;

namespace SpladeLucene.Windows;

/// <summary>
/// Makes one vector of those of a text's windows, as they come. A term keeps the span of its heaviest window, the first
/// one's on a tie. Vectors are in order, so a heap of their next terms merges them: O(n log w), and no term is looked up.
/// </summary>
internal sealed class VectorMerger(WindowMerge merge)
{
    // Of a book with thousands of windows no more vectors are held than these and what the others come to.
    private const int MostRuns = 64;

    private readonly List<Run> _runs = [];
    private int _windows;

    public void Add(SparseVector vector)
    {
        if (_runs.Count == MostRuns)
        {
            Share[] shares = Merged(static merged => merged.ToArray());
            _runs.Clear();
            _runs.Add(new Run(null, shares));
        }

        _runs.Add(new Run(vector, []));
        _windows++;
    }

    public SparseVector Result() => _windows switch
    {
        0 => SparseVector.Empty,
        1 => _runs[0].Window!,
        _ => SparseVector.FromDistinctInOrder(Merged(TermsOf)),
    };

    private SparseTerm[] TermsOf(ReadOnlySpan<Share> shares)
    {
        var terms = new SparseTerm[shares.Length];
        for (int i = 0; i < terms.Length; i++)
        {
            ref readonly Share share = ref shares[i];
            terms[i] = new SparseTerm(
                share.Term, merge.WeightOf(share.Sum, share.Heaviest, share.Windows, _windows), share.Span);
        }

        return terms;
    }

    private T[] Merged<T>(Reading<T> read)
    {
        Share[] rented = ArrayPool<Share>.Shared.Rent(_runs.Sum(run => run.Count));
        try
        {
            return read(rented.AsSpan(0, MergeInto(rented)));
        }
        finally
        {
            ArrayPool<Share>.Shared.Return(rented, clearArray: true);
        }
    }

    private delegate T[] Reading<out T>(ReadOnlySpan<Share> shares);

    private int MergeInto(Share[] merged)
    {
        var heads = new PriorityQueue<int, string>(_runs.Count, StringComparer.Ordinal);
        for (int i = 0; i < _runs.Count; i++)
        {
            if (_runs[i].Count > 0) heads.Enqueue(i, _runs[i][0].Term);
        }

        Span<int> next = stackalloc int[MostRuns];
        int count = 0;
        while (heads.TryPeek(out int i, out string? term))
        {
            Run run = _runs[i];
            Share share = run[next[i]++];
            if (count > 0 && merged[count - 1].Term == term) merged[count - 1] = merged[count - 1].With(share);
            else merged[count++] = share;
            if (next[i] < run.Count) heads.DequeueEnqueue(i, run[next[i]].Term);
            else heads.Dequeue();
        }

        return count;
    }

    /// <summary>What a window gives each term, or some merged ones do, in the order of the terms.</summary>
    private readonly record struct Run(SparseVector? Window, Share[] Shares)
    {
        public int Count => Window?.Count ?? Shares.Length;

        public Share this[int i] => Window is null ? Shares[i] : Share.Of(Window.AsSpan()[i]);
    }

    private readonly record struct Share(string Term, double Sum, int Windows, float Heaviest, SourceSpan? Span)
    {
        public static Share Of(in SparseTerm term) => new(term.Term, term.Weight, 1, term.Weight, term.Span);

        public Share With(in Share other)
        {
            bool wins = other.Heaviest > Heaviest
                || (other.Heaviest == Heaviest && StartOf(other.Span) < StartOf(Span));
            return new Share(Term, Sum + other.Sum, Windows + other.Windows,
                wins ? other.Heaviest : Heaviest, wins ? other.Span : Span);
        }

        private static int StartOf(SourceSpan? span) => span?.Start ?? int.MaxValue;
    }
}
