using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// Takes the hits out of a window's sums: 64 documents a step, and one at a time only those that may get in.
/// </summary>
internal static class WindowScan
{
    /// <param name="sums">The window's sums, zero past its end up to a multiple of 64.</param>
    /// <param name="documents">Documents in the window.</param>
    /// <param name="firstDoc">The window's first document in the whole index.</param>
    /// <param name="accepted">The window's documents that may be found, a bit each; empty for all.</param>
    /// <param name="top">Where the hits go.</param>
    /// <param name="leastHit">The least sum that counts as a hit.</param>
    /// <param name="countAll">Whether hits are counted that don't get in.</param>
    /// <returns>How many hits were counted.</returns>
    public static int Collect<TSimd>(
        Span<int> sums, int documents, int firstDoc, ReadOnlySpan<long> accepted,
        TopHits top, int leastHit, bool countAll)
        where TSimd : struct, ISimd
    {
        int hits = 0, bar = top.LeastSum(firstDoc);
        ref int first = ref MemoryMarshal.GetReference(sums);
        for (int batch = 0; batch < documents; batch += ISimd.Batch)
        {
            ref int sum = ref Unsafe.Add(ref first, batch);
            ulong wanted = accepted.IsEmpty ? ulong.MaxValue : (ulong)accepted[batch / ISimd.Batch];
            if (countAll) hits += BitOperations.PopCount(TSimd.AtLeast(ref sum, leastHit) & wanted);
            ulong good = TSimd.AtLeast(ref sum, bar) & wanted;
            if (good != 0) bar = Add(top, good, ref sum, firstDoc + batch, bar);
        }

        return hits;
    }

    /// <summary>Hands the documents of <paramref name="good"/> over.</summary>
    /// <returns>The least sum that may get in from now on.</returns>
    public static int Add(TopHits top, ulong good, ref int sums, int firstDoc, int bar)
    {
        for (; good != 0; good &= good - 1)
        {
            int i = BitOperations.TrailingZeroCount(good);
            int sum = Unsafe.Add(ref sums, i);
            if (sum >= bar && top.Add(sum, firstDoc + i)) bar = top.LeastSum(firstDoc);
        }

        return bar;
    }
}
