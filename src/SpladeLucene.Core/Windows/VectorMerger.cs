namespace SpladeLucene.Windows;

/// <summary>Makes one vector of those of a text's windows, as they come. A term keeps the span of its heaviest window,
/// the first one's on a tie.</summary>
internal sealed class VectorMerger(WindowMerge merge)
{
    private Dictionary<string, Share>? _shares;
    private SparseVector _only = SparseVector.Empty;
    private int _windows;

    public void Add(SparseVector vector)
    {
        if (_windows++ == 0)
        {
            _only = vector;
            return;
        }

        if (_shares is null)
        {
            _shares = new Dictionary<string, Share>(StringComparer.Ordinal);
            AddShares(_only);
        }

        AddShares(vector);
    }

    public SparseVector Result() => _shares is null ? _only
        : SparseVector.Create(_shares.Select(term => new SparseTerm(term.Key, WeightOf(term.Value), term.Value.Span)));

    private void AddShares(SparseVector vector)
    {
        foreach (SparseTerm term in vector.AsSpan())
        {
            bool known = _shares!.TryGetValue(term.Term, out Share share);
            bool wins = !known || term.Weight > share.Heaviest
                || (term.Weight == share.Heaviest && StartOf(term.Span) < StartOf(share.Span));
            _shares[term.Term] = new Share(share.Sum + term.Weight, share.Windows + 1,
                wins ? term.Weight : share.Heaviest, wins ? term.Span : share.Span);
        }
    }

    private float WeightOf(Share share) => merge.WeightOf(share.Sum, share.Heaviest, share.Windows, _windows);

    private static int StartOf(SourceSpan? span) => span?.Start ?? int.MaxValue;

    private readonly record struct Share(double Sum, int Windows, float Heaviest, SourceSpan? Span);
}
