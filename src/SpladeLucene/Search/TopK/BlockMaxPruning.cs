using System.Diagnostics;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Bounds;
using SpladeLucene.Search.Costs;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// Visits blocks of 16 documents by falling upper bound and stops where the bound is under the score to beat. After
/// <see href="https://arxiv.org/abs/2405.01117">Faster Learned Sparse Retrieval with Block-Max Pruning</see> (Mallia,
/// Suel, Tonellotto, 2024), with three changes: the blocks are not all sorted, only those above a cut that is lowered
/// until it meets the score to beat; a block's postings are found in the windows, so there is no forward index; and a block is
/// left as soon as its documents' sums so far and what the other terms can add are under the score to beat.
/// </summary>
internal readonly ref partial struct BlockMaxPruning<TSimd>
    where TSimd : struct, ISimd
{
    private readonly SegmentTask _task;
    private readonly SegmentImpacts _impacts;
    private readonly BlockIndex _blocks;

    // Invariant, once computed: by these terms alone no document of block b sums to more than _bounds[b] units.
    private readonly ReadOnlySpan<SegmentTerm> _bounding;
    private readonly ReadOnlySpan<SegmentTerm> _visiting;
    private readonly Span<ushort> _bounds;
    private readonly BoundUnit _unit;
    private readonly int _allowance;

    private BlockMaxPruning(SegmentImpacts impacts, in SegmentTask task)
    {
        Debug.Assert(impacts.Blocks is not null, "The segment has block maxima.");
        Debug.Assert(task.Visiting.Length == task.Terms.Length, "All terms are visited.");
        _task = task;
        _impacts = impacts;
        _blocks = impacts.Blocks;
        _bounding = task.BoundingTerms();
        _unit = new BoundUnit(_bounding);
        _visiting = task.Visiting;
        _allowance = task.Allowance();
        int last = task.Windows - 1;
        _bounds = task.Scratch.BoundsOf(
            (last * BlockIndex.BlocksPerWindow) + BlockIndex.BlocksOf(task.Length(last)));
    }

    /// <summary>Whether it can search a segment for so many terms.</summary>
    public static bool CanSearch(SegmentImpacts impacts, int terms) => impacts.Blocks is not null && terms <= BoundUnit.MostTerms;

    /// <summary>Finds the hits of a segment that it <see cref="CanSearch"/>.</summary>
    /// <param name="impacts">The segment.</param>
    /// <param name="task">The query. Hits are not counted: most are never looked at.</param>
    /// <param name="affordable">Before more blocks than this are visited the search gives up.</param>
    /// <param name="visited">How many were.</param>
    /// <returns>Whether the segment was searched to its end.</returns>
    public static bool TrySearch(SegmentImpacts impacts, in SegmentTask task, int affordable, out int visited)
    {
        var budget = new VisitBudget(affordable);
        bool ended = new BlockMaxPruning<TSimd>(impacts, task).TrySearch(ref budget);
        visited = budget.Spent;
        return ended;
    }

    private bool TrySearch(ref VisitBudget budget)
    {
        ComputeBounds();
        int above = ushort.MaxValue + 1, cut = FirstCut(budget.Left), bar = BlockBar();
        while (true)
        {
            cut = Math.Max(cut, bar);
            int found = Gather(cut, above, budget.Hoped);
            if (found > budget.Hoped || !TryVisit(Best(found, budget.Left), found, ref budget)) return false;

            bar = BlockBar();
            // Every block that is not visited yet is bounded by less than the cut; what has light terms alone may be bounded by nothing.
            if (cut <= bar) return Bar() > _allowance || (_task.Light.MayMiss && _task.Top.IsFull);
            above = cut;
            cut = _task.Top.IsFull ? bar : cut / 2;
        }
    }

    /// <summary>The least sum with which a document of this segment may still get in. Blocks are visited in any order,
    /// so a document after those found so far can precede them.</summary>
    private int Bar() => Math.Max(_task.Top.LeastSum(_task.DocBase), _task.LeastHit);

    /// <summary>The least bound, in units, with which a block may still have such a document.</summary>
    private int BlockBar() => Math.Max(_unit.UnitsFor(Math.Max(Bar() - _allowance, 1)), 1);
}
