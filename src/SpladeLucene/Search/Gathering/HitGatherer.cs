using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.Gathering;

/// <summary>
/// Keeps all documents that may reach a floor, a share of what the best documents score, while these are still being found:
/// the floor only rises meanwhile, so that what is under it can be left. Owned by one thread.
/// </summary>
internal sealed class HitGatherer
{
    // Two megabytes.
    private const int LargestKept = 1 << 18;

    // The floor rises most in the beginning, and documents may stand in any order.
    private const int Tolerance = 3;

    private ulong[] _hits = [];
    private int _count;
    private int _most;

    // Hits of several threads aren't in the order of their documents.
    private bool _isMerged;

    /// <summary>Whether hits are gathered: asked for, and not too many so far.</summary>
    public bool IsOn => _most > 0;

    /// <summary>Forgets everything and starts again.</summary>
    /// <param name="most">With more hits than these none are gathered; 0 gathers none to begin with.</param>
    public void Start(int most) => (_count, _most, _isMerged) = (0, most, false);

    /// <summary>Takes the hits out of a window's sums.</summary>
    /// <param name="sums">The sums, zero from <paramref name="documents"/> on up to a multiple of 64.</param>
    /// <param name="documents">How many documents the window has.</param>
    /// <param name="firstDoc">The first of them in the whole index.</param>
    /// <param name="least">The least sum that may turn out to be a hit, at least 1.</param>
    /// <param name="left">How many documents of the segment are still to come.</param>
    public void Take<TSimd>(Span<int> sums, int documents, int firstDoc, int least, int left)
        where TSimd : struct, ISimd
    {
        int before = _count;
        ref int first = ref MemoryMarshal.GetReference(sums);
        for (int batch = 0; batch < documents; batch += ISimd.Batch)
        {
            ref int sum = ref Unsafe.Add(ref first, batch);
            ulong good = TSimd.AtLeast(ref sum, least);
            if (good == 0) continue;
            if (_hits.Length < _count + ISimd.Batch) Array.Resize(ref _hits, Math.Max(1024, 2 * _hits.Length));
            for (; good != 0; good &= good - 1)
            {
                int i = BitOperations.TrailingZeroCount(good);
                _hits[_count++] = GatheredHits.Hit(firstDoc + batch + i, Unsafe.Add(ref sum, i));
            }
        }

        if (_count > _most) _count = Drop(least);
        if (_count > _most || (long)(_count - before) * left > (long)_most * documents * Tolerance) Start(0);
    }

    /// <summary>Takes over what another thread gathered.</summary>
    public void Merge(HitGatherer other)
    {
        if (!IsOn || !other.IsOn)
        {
            Start(0);
            return;
        }

        if (_hits.Length < _count + other._count) Array.Resize(ref _hits, _count + other._count);
        other._hits.AsSpan(0, other._count).CopyTo(_hits.AsSpan(_count));
        _count += other._count;
        _isMerged = true;
    }

    /// <summary>The hits; null where none were gathered, or too many.</summary>
    /// <param name="least">The least sum of a hit, as it is known now.</param>
    public GatheredHits? Finish(int least)
    {
        if (!IsOn) return null;
        int count = Drop(least);
        // Several threads may each have stayed below the limit.
        if (count > _most) return null;
        if (_isMerged) _hits.AsSpan(0, count).Sort();
        return new GatheredHits(_hits.AsSpan(0, count));
    }

    /// <summary>Gives a large buffer back to the garbage collector.</summary>
    public void Trim()
    {
        if (_hits.Length > LargestKept) _hits = [];
    }

    /// <summary>Moves the hits that reach <paramref name="least"/> to the front.</summary>
    /// <returns>How many there are.</returns>
    private int Drop(int least)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
            if (GatheredHits.SumOf(_hits[i]) >= least) _hits[kept++] = _hits[i];
        return kept;
    }
}
