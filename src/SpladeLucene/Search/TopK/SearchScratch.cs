using System.Collections.Concurrent;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Gathering;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// The buffers of one thread's search, used again by the next one, so that a search allocates nothing that grows with
/// the index. Taken with <see cref="Rent"/> and given back with <see cref="Dispose"/>.
/// </summary>
internal sealed class SearchScratch : IDisposable
{
    // A megabyte. Few searches gather so many blocks, and those that do take far longer than a new buffer.
    private const int LargestKeptBlocks = 1 << 17;
    private const int FewBlocks = 1024;

    // More threads than processors don't search faster.
    private static readonly int LargestPool = Environment.ProcessorCount * 2;
    private static readonly ConcurrentBag<SearchScratch> Pool = [];

    // The bag would have to be locked to be counted.
    private static int _pooled;

    /// <summary>A sum for each document of a window, and one batch more.</summary>
    public int[] Sums { get; } = new int[SegmentImpacts.WindowSize + ISimd.Batch];

    public TopHits Top { get; } = new();

    public HitGatherer Gatherer { get; } = new();

    /// <summary>The query's terms that the segment at hand has.</summary>
    public List<SegmentTerm> Terms { get; } = [];

    /// <summary>Those of them that bound blocks, where not all do.</summary>
    public List<SegmentTerm> BoundingTerms { get; } = [];

    /// <summary>All of them in the order in which they are added up in a block.</summary>
    public List<SegmentTerm> VisitingTerms { get; } = [];

    /// <summary>Bounds of all blocks of a segment: at least as many as were asked for last.</summary>
    public ushort[] Bounds { get; private set; } = [];

    /// <summary>Where rows of bounds begin, of two windows.</summary>
    public (List<BoundRow> Here, List<BoundRow> Next) Rows { get; } = ([], []);

    /// <summary>The blocks to be visited, as keys; grows as needed.</summary>
    public ulong[] Blocks { get; set; } = new ulong[FewBlocks];

    public static SearchScratch Rent()
    {
        if (!Pool.TryTake(out SearchScratch? scratch)) return new SearchScratch();
        Interlocked.Decrement(ref _pooled);
        return scratch;
    }

    public Span<ushort> BoundsOf(int blocks)
    {
        if (Bounds.Length < blocks) Bounds = new ushort[Math.Max(blocks, 2 * Bounds.Length)];
        return Bounds.AsSpan(0, blocks);
    }

    /// <summary>Forgets the hits of the search before.</summary>
    /// <param name="plan">What is searched for.</param>
    /// <param name="shared">The floor of all threads that search together.</param>
    public void Start(SearchPlan plan, SharedFloor? shared)
    {
        Top.Start(plan, shared);
        Gatherer.Start(plan.Gathering?.Most ?? 0);
    }

    public void Dispose()
    {
        Top.Trim();
        Gatherer.Trim();
        if (Blocks.Length > LargestKeptBlocks) Blocks = new ulong[FewBlocks];
        if (Volatile.Read(ref _pooled) >= LargestPool) return;
        Interlocked.Increment(ref _pooled);
        Pool.Add(this);
    }
}
