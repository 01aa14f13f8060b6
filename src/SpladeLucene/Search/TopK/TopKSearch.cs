using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Postings;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// Finds the best hits of an index, segment by segment. The score to beat goes from one segment to the next, and where
/// several are searched at a time, between the threads. Thread-safe.
/// </summary>
internal sealed class TopKSearch(IndexReader reader, SpladeSearcherOptions options)
{
    private readonly IList<AtomicReaderContext> _leaves = reader.Leaves;
    private readonly int _documents = Math.Max(1, reader.MaxDoc);

    public SpladeTopDocs Search(SpladeQuery query, int n, Filter? filter, ScoreDoc? after, SpladeSearchOptions search)
    {
        using Activity? activity = SpladeTelemetry.StartSearch(query, n);
        long started = SpladeTelemetry.Now;
        n = Math.Min(n, _documents);
        SearchPlan plan = Plan(query, n, after, search);
        bool rescores = search.TermPruning.Rescored > 0 && plan.Terms.Length < query.Quantized.Terms.Length;
        SearchPlan first = rescores ? Rescoring.FirstPhase(plan, search.TermPruning.Rescored, _documents) : plan;

        using SearchScratch scratch = SearchScratch.Rent();
        var segments = new SegmentReport[_leaves.Count];
        Run(first, filter, scratch, segments);
        ReadOnlySpan<ulong> hits = scratch.Top.Finish();
        bool full = hits.Length == first.Wanted && hits.Length < _documents;
        bool cut = plan.Terms.Length < query.Quantized.Terms.Length || (full && !plan.CountAll);
        if (rescores) hits = Rescoring.Rescore(plan, QueryTerm.Of(query.Quantized.Terms), _leaves, hits);

        SpladeTelemetry.Searched(query.Field, search.CountAllHits, started, segments);
        int counted = segments.Sum(segment => segment.Hits);
        return Result(plan.CountAll ? counted : hits.Length, cut, hits, after, segments);
    }

    private SearchPlan Plan(SpladeQuery query, int n, ScoreDoc? after, SpladeSearchOptions search)
    {
        var scale = new ScoreScale(query.Quantized.Unit * query.Boost);
        return new SearchPlan
        {
            Field = query.Field,
            Terms = search.TermPruning.Choose(query.Quantized.Terms),
            Scale = scale,
            Wanted = n,
            Floor = HitKey.Below(search.MinimumScore),
            Ceiling = after is null ? ulong.MaxValue : HitKey.After(after.Score, after.Doc),
            LeastHit = search.MinimumScore > 0 ? scale.LeastSum(search.MinimumScore) : 1,
            CountAll = search.CountAllHits,
            Algorithm = search.Algorithm,
            Vectors = search.Vectors,
            Cache = options.Impacts,
        };
    }

    private void Run(SearchPlan plan, Filter? filter, SearchScratch scratch, SegmentReport[] segments)
    {
        if (options.DegreeOfParallelism > 1 && _leaves.Count > 1)
        {
            RunTogether(plan, filter, scratch, segments);
            return;
        }

        scratch.Top.Start(plan, shared: null);
        for (int i = 0; i < segments.Length; i++)
            segments[i] = SegmentSearch.Search(plan, _leaves[i], AcceptedDocs.Of(_leaves[i], filter), scratch);
    }

    private void RunTogether(SearchPlan plan, Filter? filter, SearchScratch scratch, SegmentReport[] segments)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.DegreeOfParallelism,
            TaskScheduler = options.Scheduler,
        };
        var shared = new SharedFloor(plan.Floor);
        var merging = new object();
        scratch.Top.Start(plan, shared);
        try
        {
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, segments.Length), EnumerablePartitionerOptions.NoBuffering),
                parallel,
                () => Begin(plan, shared),
                (i, _, own) =>
                {
                    segments[i] = SegmentSearch.Search(plan, _leaves[i], AcceptedDocs.Of(_leaves[i], filter), own);
                    return own;
                },
                own => End(own, scratch.Top, merging));
        }
        catch (AggregateException problems)
        {
            // The one that a search over one segment after the other would have thrown.
            ExceptionDispatchInfo.Capture(problems.InnerExceptions[0]).Throw();
        }
    }

    private static SearchScratch Begin(SearchPlan plan, SharedFloor shared)
    {
        SearchScratch own = SearchScratch.Rent();
        own.Top.Start(plan, shared);
        return own;
    }

    private static void End(SearchScratch own, TopHits all, object merging)
    {
        lock (merging) all.Merge(own.Top);
        own.Dispose();
    }

    private static SpladeTopDocs Result(
        int total, bool isBound, ReadOnlySpan<ulong> hits, ScoreDoc? after, SegmentReport[] segments)
    {
        var found = new ScoreDoc[hits.Length];
        for (int i = 0; i < found.Length; i++) found[i] = new ScoreDoc(HitKey.Doc(hits[i]), HitKey.Score(hits[i]));
        // As Lucene has it: a later page doesn't know the best score.
        float best = found.Length > 0 && after is null ? found[0].Score : float.NaN;
        return new SpladeTopDocs(total, isBound, found, best, segments);
    }
}
