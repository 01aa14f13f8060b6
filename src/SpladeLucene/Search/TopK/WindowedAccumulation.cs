using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// Scores everything, term at a time inside windows of 65,536 documents, whose sums stay in the second-level cache, and there inside
/// parts, whose sums stay in the first-level one. The oldest way to evaluate a query
/// (<see href="https://doi.org/10.1145/215206.215375">term-at-a-time</see>) and the best one where many hits are wanted: half a
/// nanosecond a posting to one.
/// </summary>
internal static class WindowedAccumulation
{
    // Documents whose sums, 32 KB, stay in the first-level cache while all terms are added to them.
    private const int PartSize = 1 << 13;

    // With more terms a window's sums are gone over again.
    private const int TermsAtOnce = 256;

    private const int IdsPerLine = 64 / sizeof(ushort);

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
        Span<int> places = stackalloc int[TermsAtOnce];
        for (; terms.Length > TermsAtOnce; terms = terms[TermsAtOnce..])
            FillParts(impacts, terms[..TermsAtOnce], window, sums, places);
        FillParts(impacts, terms, window, sums, places);
    }

    // The places are where each term's postings of the next part begin.
    private static void FillParts(
        SegmentImpacts impacts, ReadOnlySpan<SegmentTerm> terms, int window, Span<int> sums, Span<int> places)
    {
        for (int t = 0; t < terms.Length; t++) (places[t], _) = impacts.Bounds(impacts.Slice(terms[t].Term, window));
        int documents = Math.Min(sums.Length, SegmentImpacts.WindowSize);
        for (int end = PartSize; end - PartSize < documents; end += PartSize)
        {
            for (int t = 0; t < terms.Length; t++)
            {
                int place = places[t];
                places[t] = Accumulate(impacts, terms[t], window, place, end, ref MemoryMarshal.GetReference(sums));
                AskFor(impacts, places[t], postings: places[t] - place);
            }
        }
    }

    /// <summary>Asks for what the term's next part takes, if it takes as much as this one: of so many lists side by side no processor
    /// sees that they are read one posting after the other.</summary>
    private static void AskFor(SegmentImpacts impacts, int place, int postings)
    {
        ref ushort id = ref Unsafe.Add(ref impacts.Ids.First, place);
        ref byte impact = ref Unsafe.Add(ref impacts.Impacts.First, place);
        for (int i = 0; i < postings; i += 2 * IdsPerLine)
        {
            Prefetch.Read(ref Unsafe.Add(ref id, i));
            Prefetch.Read(ref Unsafe.Add(ref id, i + IdsPerLine));
            Prefetch.Read(ref Unsafe.Add(ref impact, i));
        }
    }

    /// <returns>Where the first posting stands that isn't added: that of a document from <paramref name="limit"/> on.</returns>
    private static int Accumulate(SegmentImpacts impacts, SegmentTerm term, int window, int place, int limit, ref int sums)
    {
        (_, int end) = impacts.Bounds(impacts.Slice(term.Term, window));
        Debug.Assert(end <= impacts.Postings, "A slice lies inside the postings.");
        ref ushort id = ref Unsafe.Add(ref impacts.Ids.First, place);
        ref byte impact = ref Unsafe.Add(ref impacts.Impacts.First, place);
        int weight = term.Weight;
        nint count = end - place, i = 0;
        for (; i <= count - 4 && Unsafe.Add(ref id, i + 3) < limit; i += 4)
        {
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i)) += weight * Unsafe.Add(ref impact, i);
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i + 1)) += weight * Unsafe.Add(ref impact, i + 1);
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i + 2)) += weight * Unsafe.Add(ref impact, i + 2);
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i + 3)) += weight * Unsafe.Add(ref impact, i + 3);
        }

        for (; i < count && Unsafe.Add(ref id, i) < limit; i++)
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref id, i)) += weight * Unsafe.Add(ref impact, i);
        return place + (int)i;
    }
}
