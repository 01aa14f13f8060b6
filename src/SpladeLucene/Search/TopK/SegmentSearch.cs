using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;
using SpladeLucene.Search.Bounds;
using SpladeLucene.Search.Costs;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>Searches one segment: finds its impacts, chooses an algorithm, runs it.</summary>
internal static class SegmentSearch
{
    // Where every tenth document is deleted, whole windows may be.
    private const int FewAreDeleted = 10;

    /// <param name="plan">What is searched for.</param>
    /// <param name="leaf">The segment.</param>
    /// <param name="filter">Which documents may be found; null for all.</param>
    /// <param name="scratch">Its <see cref="SearchScratch.Top"/> takes the hits.</param>
    public static SegmentReport Search(
        SearchPlan plan, AtomicReaderContext leaf, Filter? filter, SearchScratch scratch)
    {
        long[]? accepted = AcceptedDocs.Of(leaf, filter);
        AtomicReader reader = leaf.AtomicReader;
        var report = new SegmentReport(leaf.DocBase, reader.MaxDoc, SearchAlgorithm.Automatic, FallbackReason.None, 0);
        if (accepted is { Length: 0 }) return report;
        var task = new SegmentTask
        {
            Scratch = scratch,
            Documents = reader.MaxDoc,
            Accepted = accepted,
            LeavesMuchOut = filter is not null || reader.NumDeletedDocs > reader.MaxDoc / FewAreDeleted,
            DocBase = leaf.DocBase,
            LeastHit = plan.LeastHit,
            Light = LightTerms.Approximate(plan.LeastBoundingWeight),
            CountAll = plan.CountAll,
            Gathering = plan.Gathering,
        };
        FallbackReason fallback = FallbackReason.Asked;
        using ImpactLease lease = plan.Algorithm == SearchAlgorithm.Postings
            ? default
            : plan.Cache.Lease(reader, plan.Field, out fallback);
        return lease.Impacts is { } impacts
            ? Search(plan, impacts, task, report)
            : fallback == FallbackReason.None
                ? report
                : SearchPostings(plan, reader, task, report with { Fallback = fallback });
    }

    private static SegmentReport SearchPostings(
        SearchPlan plan, AtomicReader reader, in SegmentTask task, SegmentReport report)
    {
        // With deleted documents, as impacts have them: what is gathered of both is the same, whoever leaves these out.
        QueryPostings[] terms = QueryPostings.Open(reader, plan.Field, plan.Terms, acceptDocs: null);
        if (terms.Length == 0) return report;
        int hits = plan.Vectors switch
        {
            VectorWidth.Bits512 => PostingsAccumulation.Search<Simd512>(terms, task),
            VectorWidth.Bits256 => PostingsAccumulation.Search<Simd256>(terms, task),
            VectorWidth.Bits128 => PostingsAccumulation.Search<Simd128>(terms, task),
            _ => PostingsAccumulation.Search<Portable>(terms, task),
        };
        return report with { Algorithm = SearchAlgorithm.Postings, Hits = hits };
    }

    private static SegmentReport Search(
        SearchPlan plan, SegmentImpacts impacts, in SegmentTask task, SegmentReport report)
    {
        Resolve(plan.Terms, impacts, task.Scratch.Terms);
        if (task.Terms.IsEmpty) return report;
        return plan.Vectors switch
        {
            VectorWidth.Bits512 => Search<Simd512>(plan, impacts, task, report),
            VectorWidth.Bits256 => Search<Simd256>(plan, impacts, task, report),
            VectorWidth.Bits128 => Search<Simd128>(plan, impacts, task, report),
            _ => Search<Portable>(plan, impacts, task, report),
        };
    }

    /// <summary>Replaces <paramref name="terms"/> by those of the query that the segment has.</summary>
    public static void Resolve(QueryTerm[] query, SegmentImpacts impacts, List<SegmentTerm> terms)
    {
        terms.Clear();
        foreach (QueryTerm term in query)
        {
            int found = impacts.Terms.Find(term.Utf8, term.Hash);
            if (found >= 0) terms.Add(new SegmentTerm(found, term.Term.Weight));
        }
    }

    private static SegmentReport Search<TSimd>(
        SearchPlan plan, SegmentImpacts impacts, in SegmentTask task, SegmentReport report)
        where TSimd : struct, ISimd
    {
        if (MayPrune<TSimd>(plan, impacts, task))
        {
            SegmentTask visiting = task with { Visiting = task.ByWeight() };
            if (plan.Algorithm == SearchAlgorithm.Automatic) return SearchCheaply<TSimd>(plan, impacts, visiting, report);
            if (BlockMaxPruning<TSimd>.TrySearch(impacts, visiting, int.MaxValue, out _))
                return report with { Algorithm = SearchAlgorithm.BlockMax };
            // Fewer hits than are wanted, and light terms may have more.
            task.Top.Forget(task.DocBase, task.DocBase + task.Documents);
        }

        int hits = WindowedAccumulation.Search<TSimd>(impacts, task);
        if (hits < 0)
        {
            // Without all hits the best are wanted alone, and there are faster ways to them.
            task.Top.Forget(task.DocBase, task.DocBase + task.Documents);
            return Search<TSimd>(plan, impacts, task, report);
        }

        return report with { Algorithm = SearchAlgorithm.Windows, Hits = hits };
    }

    private static bool MayPrune<TSimd>(SearchPlan plan, SegmentImpacts impacts, in SegmentTask task)
        where TSimd : struct, ISimd =>
        !plan.CountAll && BlockMaxPruning<TSimd>.CanSearch(impacts, task.Terms.Length)
        && !task.Scratch.Gatherer.IsOn && plan.Algorithm != SearchAlgorithm.Windows;

    private static SegmentReport SearchCheaply<TSimd>(
        SearchPlan plan, SegmentImpacts impacts, in SegmentTask task, SegmentReport report)
        where TSimd : struct, ISimd
    {
        SearchPace pace = plan.Pace;
        // What is left out was expected to cost something.
        bool timed = !task.LeavesMuchOut;
        SegmentTask pruned = task.Light.MayMiss ? task : task with { Light = LightTerms.Exact(task.Visiting) };
        SearchCosts costs = SearchCosts.Of(impacts, task.Terms, pruned.Light.Under);
        long started = Stopwatch.GetTimestamp();
        int affordable = costs.AffordableBlocks(plan.Wanted, pace.WindowsToBlocks);
        if (affordable == 0 && timed && pace.WantsBlocks(costs.Blocks(SearchCosts.LeastVisits)))
            affordable = SearchCosts.LeastVisits;
        if (affordable > 0)
        {
            bool ended = BlockMaxPruning<TSimd>.TrySearch(impacts, pruned, affordable, out int visited);
            if (timed) pace.BlocksTook(costs.Blocks(visited), started);
            if (ended) return report with { Algorithm = SearchAlgorithm.BlockMax };
            task.Top.Forget(task.DocBase, task.DocBase + task.Documents);
            started = Stopwatch.GetTimestamp();
        }

        int hits = WindowedAccumulation.Search<TSimd>(impacts, task);
        if (timed) pace.WindowsTook(costs.Windows, started);
        return report with { Algorithm = SearchAlgorithm.Windows, Hits = hits };
    }
}
