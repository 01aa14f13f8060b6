using System.Runtime.InteropServices;
using SpladeLucene.Impacts;
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

    /// <summary>The segment's first document in the whole index.</summary>
    public required int DocBase { get; init; }

    /// <summary>The least sum that counts as a hit, at least 1.</summary>
    public required int LeastHit { get; init; }

    /// <summary>Whether every hit is counted, or only those that get into the buffer.</summary>
    public required bool CountAll { get; init; }

    public TopHits Top => Scratch.Top;

    public ReadOnlySpan<SegmentTerm> Terms => CollectionsMarshal.AsSpan(Scratch.Terms);

    public int Windows => SegmentImpacts.WindowsOf(Documents);

    /// <summary>Documents in a window.</summary>
    public int Length(int window) =>
        Math.Min(SegmentImpacts.WindowSize, Documents - (window * SegmentImpacts.WindowSize));

    /// <summary>Whether no document of a window may be found.</summary>
    public bool IsClosed(int window) => !Accepted.IsEmpty && !AcceptedIn(window).ContainsAnyExcept(0);

    /// <summary>Zeroed sums for a window, and a batch more.</summary>
    public Span<int> NewSums(int window)
    {
        Span<int> sums = Scratch.Sums.AsSpan(0, Length(window) + ISimd.Batch);
        sums.Clear();
        return sums;
    }

    /// <summary>Takes the hits out of a window's sums.</summary>
    /// <returns>How many were counted.</returns>
    public int Collect<TSimd>(int window, Span<int> sums)
        where TSimd : struct, ISimd =>
        WindowScan.Collect<TSimd>(sums, Length(window), DocBase + (window * SegmentImpacts.WindowSize),
            AcceptedIn(window), Top, LeastHit, CountAll);

    private ReadOnlySpan<long> AcceptedIn(int window) => Accepted.IsEmpty
        ? Accepted
        : Accepted.Slice(window * (SegmentImpacts.WindowSize / ISimd.Batch),
            (Length(window) + ISimd.Batch - 1) / ISimd.Batch);
}
