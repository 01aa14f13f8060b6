using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Bounds;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>One query over one segment, as the algorithms see it. Owned by one thread.</summary>
internal readonly ref struct SegmentTask
{
    public required SearchScratch Scratch { get; init; }

    /// <summary>The segment's documents, deleted ones too.</summary>
    public required int Documents { get; init; }

    /// <summary>The documents that may be found, a bit each; empty for all.</summary>
    public required ReadOnlySpan<long> Accepted { get; init; }

    /// <summary>Whether more than some deletions leaves documents out, so that its time says little about an algorithm's.</summary>
    public bool LeavesMuchOut { get; init; }

    /// <summary>The segment's first document in the whole index.</summary>
    public required int DocBase { get; init; }

    /// <summary>The least sum that counts as a hit, at least 1.</summary>
    public required int LeastHit { get; init; }

    /// <summary>The terms that don't bound blocks.</summary>
    public LightTerms Light { get; init; }

    /// <summary>Whether every hit is counted, or only those that get into the buffer.</summary>
    public required bool CountAll { get; init; }

    /// <summary>Which hits are all gathered; null for none.</summary>
    public required GatheringPlan? Gathering { get; init; }

    /// <summary>A query that others join, which counts every hit and gathers none.</summary>
    public static SegmentTask CountingAll(SearchScratch scratch, int documents, ReadOnlySpan<long> accepted, int docBase, int leastHit) => new()
    {
        Scratch = scratch,
        Documents = documents,
        Accepted = accepted,
        DocBase = docBase,
        LeastHit = leastHit,
        CountAll = true,
        Gathering = null,
    };

    public TopHits Top => Scratch.Top;

    public ReadOnlySpan<SegmentTerm> Terms => CollectionsMarshal.AsSpan(Scratch.Terms);

    /// <summary>The terms that bound blocks.</summary>
    public ReadOnlySpan<SegmentTerm> BoundingTerms()
    {
        if (Light.Under == 0) return Terms;
        List<SegmentTerm> bounding = Scratch.BoundingTerms;
        bounding.Clear();
        foreach (SegmentTerm term in Terms)
            if (!Light.Has(term)) bounding.Add(term);
        return CollectionsMarshal.AsSpan(bounding);
    }

    /// <summary>As <see cref="ByWeight"/> gives them, where blocks are to be visited: the order in which their documents get the terms, as
    /// after the heavy ones most blocks are out of the question.</summary>
    public ReadOnlySpan<SegmentTerm> Visiting { get; init; }

    /// <summary>The terms by falling weight.</summary>
    public ReadOnlySpan<SegmentTerm> ByWeight()
    {
        List<SegmentTerm> visiting = Scratch.VisitingTerms;
        visiting.Clear();
        visiting.AddRange(Scratch.Terms);
        visiting.Sort(static (a, b) => b.Weight.CompareTo(a.Weight));
        return CollectionsMarshal.AsSpan(visiting);
    }

    /// <summary>What a block is allowed for the terms that don't bound it.</summary>
    public int Allowance()
    {
        int allowance = 0;
        foreach (SegmentTerm term in Terms)
            if (Light.Has(term)) allowance += Light.Allowance(term);
        return allowance;
    }

    public int Windows => SegmentImpacts.WindowsOf(Documents);

    /// <summary>Documents in a window.</summary>
    public int Length(int window) =>
        Math.Min(SegmentImpacts.WindowSize, Documents - (window * SegmentImpacts.WindowSize));

    /// <summary>A window's first document in the whole index.</summary>
    public int FirstDoc(int window) => DocBase + (window * SegmentImpacts.WindowSize);

    /// <summary>Whether no document of a window may be found. Who gathers doesn't ask which may.</summary>
    public bool IsClosed(int window) => !Scratch.Gatherer.IsOn && !Accepted.IsEmpty && !AcceptedIn(window).ContainsAnyExcept(0);

    /// <summary>Zeroed sums for a window, and a batch more.</summary>
    public Span<int> NewSums(int window)
    {
        Span<int> sums = Scratch.Sums.AsSpan(0, Length(window) + ISimd.Batch);
        sums.Clear();
        return sums;
    }

    /// <summary>
    /// Takes the hits out of a window's sums: 64 documents a step, and one at a time only those that may get in.
    /// </summary>
    /// <param name="window">The window.</param>
    /// <param name="sums">Its sums, zero past its end up to a multiple of 64.</param>
    /// <returns>How many hits were counted.</returns>
    public int Collect<TSimd>(int window, Span<int> sums)
        where TSimd : struct, ISimd
    {
        TopHits top = Top;
        ReadOnlySpan<long> accepted = AcceptedIn(window);
        int documents = Length(window), firstDoc = FirstDoc(window);
        int hits = 0, leastHit = LeastHit, bar = Math.Max(leastHit, top.LeastSum(firstDoc));
        bool countAll = CountAll;
        ref int first = ref MemoryMarshal.GetReference(sums);
        for (int batch = 0; batch < documents; batch += ISimd.Batch)
        {
            ref int sum = ref Unsafe.Add(ref first, batch);
            ulong wanted = accepted.IsEmpty ? ulong.MaxValue : (ulong)accepted[batch / ISimd.Batch];
            if (countAll) hits += BitOperations.PopCount(TSimd.AtLeast(ref sum, leastHit) & wanted);
            ulong good = TSimd.AtLeast(ref sum, bar) & wanted;
            if (good != 0) bar = Math.Max(bar, Add(top, good, ref sum, firstDoc + batch, bar));
        }

        if (Scratch.Gatherer.IsOn) Gather<TSimd>(window, sums);
        return hits;
    }

    private void Gather<TSimd>(int window, Span<int> sums)
        where TSimd : struct, ISimd
    {
        int first = window * SegmentImpacts.WindowSize, documents = Length(window);
        (int best, int last) = Top.Sums();
        Scratch.Gatherer.Take<TSimd>(
            sums, documents, DocBase + first, Gathering!.LeastSum(best, last), Documents - first - documents);
    }

    /// <summary>Hands the documents of <paramref name="good"/> over.</summary>
    /// <returns>The least sum that may get in from now on.</returns>
    private static int Add(TopHits top, ulong good, ref int sums, int firstDoc, int bar)
    {
        for (; good != 0; good &= good - 1)
        {
            int i = BitOperations.TrailingZeroCount(good);
            int sum = Unsafe.Add(ref sums, i);
            if (sum >= bar && top.Add(sum, firstDoc + i)) bar = top.LeastSum(firstDoc);
        }

        return bar;
    }

    /// <summary>The documents of a window that may be found, a bit each; empty for all.</summary>
    public ReadOnlySpan<long> AcceptedIn(int window) => Accepted.IsEmpty
        ? Accepted
        : Accepted.Slice(window * (SegmentImpacts.WindowSize / ISimd.Batch),
            (Length(window) + ISimd.Batch - 1) / ISimd.Batch);
}
