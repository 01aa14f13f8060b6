using System.Diagnostics;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// The best k hits seen. Candidates go to a buffer; a full buffer is cut back to k by selection, which raises the bar.
/// Far cheaper than a heap where k is large. Owned by one thread; several may share a <see cref="SharedFloor"/>.
/// </summary>
internal sealed class TopHits
{
    // A cut of k + Slack keys costs a few operations a key, shared by at least Slack candidates.
    private const int Slack = 64;

    private const int LargestKept = 1 << 16;

    private ulong[] _keys = new ulong[Slack];
    private int _count;
    private int _k;

    // Where a full buffer is cut back to k.
    private int _limit;

    // Invariant: a key at or under the floor can't be among the best k; a key at or over the ceiling isn't wanted.
    private ulong _floor;
    private ulong _ceiling;
    private SharedFloor? _shared;
    private ScoreScale _scale;

    /// <summary>Forgets everything and starts again.</summary>
    /// <param name="plan">How many hits are wanted, and which.</param>
    /// <param name="shared">The floor of all threads that search together.</param>
    public void Start(SearchPlan plan, SharedFloor? shared)
    {
        (_k, _scale, _floor, _ceiling) = (plan.Wanted, plan.Scale, 0, plan.Ceiling);
        (_shared, _count) = (shared, 0);
        _limit = (int)Math.Min((2L * _k) + Slack, Array.MaxLength);
    }

    /// <summary>How many hits are wanted.</summary>
    public int Wanted => _k;

    /// <summary>Whether k hits are known, so that the floor is one of them.</summary>
    public bool IsFull => _count >= _k;

    /// <summary>The hits, in no order; more than k before <see cref="Finish"/>.</summary>
    public ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, _count);

    /// <summary>The least sum with which documents from <paramref name="firstDoc"/> on may still get in.</summary>
    public int LeastSum(int firstDoc)
    {
        if (_shared is not null) _floor = Math.Max(_floor, _shared.Value);
        if (_floor == 0) return 1;
        float score = HitKey.Score(_floor);
        // A tie goes to the lower id, so later documents must score more.
        return _scale.LeastSum(firstDoc > HitKey.Doc(_floor) ? MathF.BitIncrement(score) : score);
    }

    /// <summary>Takes a hit if it is good enough so far.</summary>
    /// <returns>Whether the bar may have risen.</returns>
    public bool Add(int sum, int doc) => Add(_scale.Score(sum), doc);

    /// <summary>The same of a score that is no sum.</summary>
    /// <param name="score">Not negative.</param>
    /// <param name="doc">The document.</param>
    public bool Add(float score, int doc)
    {
        ulong key = HitKey.Of(score, doc);
        if (key <= _floor || key >= _ceiling) return false;
        if (_count == _keys.Length) Array.Resize(ref _keys, (int)Math.Min(2L * _count, Array.MaxLength));
        _keys[_count++] = key;
        if (_count != _k && _count != _limit) return false;
        Cut();
        return true;
    }

    /// <summary>Raises the bar as far as the hits allow, without waiting for the buffer to be full.</summary>
    public void Tighten()
    {
        if (_count > _k) Cut();
    }

    /// <summary>Drops the hits among documents <paramref name="from"/> to <paramref name="to"/> (exclusive); they will
    /// be found again. What was learned about the score to beat stays.</summary>
    public void Forget(int from, int to)
    {
        // The floor may be one of the hits that are forgotten: it must get in again.
        if (_floor > 0) _floor--;
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            int doc = HitKey.Doc(_keys[i]);
            if (doc < from || doc >= to) _keys[kept++] = _keys[i];
        }

        _count = kept;
    }

    /// <summary>The sums of the best hit and of the k-th so far; 0 where there aren't as many. Raises the bar.</summary>
    public (int Best, int Last) Sums()
    {
        Tighten();
        if (_count == 0) return (0, 0);
        ulong best = 0, last = ulong.MaxValue;
        foreach (ulong key in Keys) (best, last) = (Math.Max(best, key), Math.Min(last, key));
        return (SumOf(best), IsFull ? SumOf(last) : 0);
    }

    /// <summary>Takes over what another thread found.</summary>
    public void Merge(TopHits other)
    {
        foreach (ulong key in other.Keys)
        {
            if (_count == _keys.Length) Array.Resize(ref _keys, 2 * _count);
            _keys[_count++] = key;
        }
    }

    /// <summary>Gives a large buffer back to the garbage collector.</summary>
    public void Trim()
    {
        if (_keys.Length > LargestKept) _keys = new ulong[Slack];
    }

    /// <summary>Leaves the best k, best first.</summary>
    public ReadOnlySpan<ulong> Finish()
    {
        if (_count > _k) Selection.Largest(_keys.AsSpan(0, _count), _k);
        _count = Math.Min(_count, _k);
        Span<ulong> best = _keys.AsSpan(0, _count);
        best.Sort();
        best.Reverse();
        return best;
    }

    private int SumOf(ulong key) => _scale.LeastSum(HitKey.Score(key));

    private void Cut()
    {
        Debug.Assert(_count >= _k, "There is a k-th hit.");
        Selection.Largest(_keys.AsSpan(0, _count), _k);
        _count = _k;
        _floor = Math.Max(_floor, _keys[_k - 1]);
        // One less, so that this very hit may be forgotten and found again.
        _shared?.Raise(_floor - 1);
    }
}

/// <summary>
/// The best lower bound on the k-th hit that any thread of one search knows. Wait-free to read; only rises.
/// </summary>
internal sealed class SharedFloor(ulong floor)
{
    private ulong _floor = floor;

    public ulong Value => Volatile.Read(ref _floor);

    public void Raise(ulong floor)
    {
        ulong seen = Volatile.Read(ref _floor);
        while (floor > seen)
        {
            ulong found = Interlocked.CompareExchange(ref _floor, floor, seen);
            if (found == seen) return;
            seen = found;
        }
    }
}
