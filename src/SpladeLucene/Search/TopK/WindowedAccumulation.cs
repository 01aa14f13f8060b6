using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// Scores everything, term at a time inside windows of 65,536 documents, whose sums stay in the second-level cache. The
/// oldest way to evaluate a query (<see href="https://doi.org/10.1145/215206.215375">term-at-a-time</see>) and the best
/// one where many hits are wanted: half a nanosecond a posting.
/// </summary>
internal static class WindowedAccumulation
{
    /// <returns>How many hits were counted; -1 where hits were gathered and turned out to be too many: then it went no further.
    /// </returns>
    public static int Search<TSimd>(SegmentImpacts impacts, in SegmentTask task)
        where TSimd : struct, ISimd
    {
        int hits = 0;
        bool gathers = task.Scratch.Gatherer.IsOn;
        for (int window = 0; window < task.Windows; window++)
        {
            if (gathers && !task.Scratch.Gatherer.IsOn) return -1;
            if (task.IsClosed(window)) continue;
            Span<int> sums = task.NewSums(window);
            Fill(impacts, task.Terms, window, sums);
            hits += task.Collect<TSimd>(window, sums);
        }

        return hits;
    }

    /// <summary>Adds all terms' impacts of a window to its sums.</summary>
    public static void Fill(SegmentImpacts impacts, ReadOnlySpan<SegmentTerm> terms, int window, Span<int> sums)
    {
        foreach (SegmentTerm term in terms)
        {
            (int start, int end) = impacts.Bounds(impacts.Slice(term.Term, window));
            Accumulate(impacts, start, end, term.Weight, ref MemoryMarshal.GetReference(sums));
        }
    }

    private static void Accumulate(SegmentImpacts impacts, int start, int end, int weight, ref int sums)
    {
        Debug.Assert(end <= impacts.Postings, "A slice lies inside the postings.");
        ref ushort id = ref Unsafe.Add(ref impacts.Ids.First, start);
        ref byte impact = ref Unsafe.Add(ref impacts.Impacts.First, start);
        nint count = end - start, i = 0;
        for (; i <= count - 4; i += 4)
        {
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i)) += weight * Unsafe.Add(ref impact, i);
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i + 1)) += weight * Unsafe.Add(ref impact, i + 1);
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i + 2)) += weight * Unsafe.Add(ref impact, i + 2);
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i + 3)) += weight * Unsafe.Add(ref impact, i + 3);
        }

        for (; i < count; i++)
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i)) += weight * Unsafe.Add(ref impact, i);
    }
}
