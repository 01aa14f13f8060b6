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
    private const int LargestKept = 1 << 16;

    // A document and its sum, as a number that orders by document.
    private ulong[] _hits = [];
    private int _count;
    private int _most;

    /// <summary>Whether hits are gathered: asked for, and not too many so far.</summary>
    public bool IsOn => _most > 0;

    /// <summary>Forgets everything and starts again.</summary>
    /// <param name="most">With more hits than these none are gathered; 0 gathers none to begin with.</param>
    public void Start(int most) => (_count, _most) = (0, most);

    /// <summary>Takes the hits out of a window's sums.</summary>
    /// <param name="sums">The sums, zero from <paramref name="documents"/> on up to a multiple of 64.</param>
    /// <param name="documents">How many documents the window has.</param>
    /// <param name="firstDoc">The first of them in the whole index.</param>
    /// <param name="least">The least sum that may turn out to be a hit, at least 1.</param>
    public void Take<TSimd>(Span<int> sums, int documents, int firstDoc, int least)
        where TSimd : struct, ISimd
    {
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
                _hits[_count++] = ((ulong)(uint)(firstDoc + batch + i) << 32) | (uint)Unsafe.Add(ref sum, i);
            }
        }

        if (_count <= _most) return;
        _count = Drop(least);
        if (_count > _most) Start(0);
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
        _hits.AsSpan(0, _count).Sort();
    }

    /// <summary>The hits; null where none were gathered.</summary>
    /// <param name="least">The least sum of a hit, as it is known now.</param>
    public GatheredHits? Finish(int least)
    {
        if (!IsOn) return null;
        int count = Drop(least);
        int[] docs = new int[count], sums = new int[count];
        for (int i = 0; i < count; i++) (docs[i], sums[i]) = ((int)(_hits[i] >> 32), Sum(_hits[i]));
        return new GatheredHits(docs, sums);
    }

    /// <summary>Gives a large buffer back to the garbage collector.</summary>
    public void Trim()
    {
        if (_hits.Length > LargestKept) _hits = [];
    }

    private static int Sum(ulong hit) => (int)(uint)hit;

    /// <summary>Moves the hits that reach <paramref name="least"/> to the front.</summary>
    /// <returns>How many there are.</returns>
    private int Drop(int least)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
            if (Sum(_hits[i]) >= least) _hits[kept++] = _hits[i];
        return kept;
    }
}
