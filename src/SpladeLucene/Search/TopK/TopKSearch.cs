using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;
using SpladeLucene.Search.Costs;
using SpladeLucene.Search.Gathering;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>What all segments of one search have in common. Immutable.</summary>
internal sealed record SearchPlan
{
    public required string Field { get; init; }

    /// <summary>The terms that are searched for.</summary>
    public required QueryTerm[] Terms { get; init; }

    /// <summary>All of the query's terms where <see cref="Terms"/> leave some out; null where they don't.</summary>
    public required QueryTerm[]? AllTerms { get; init; }

    /// <summary>How many hits of the chosen terms are scored again with all; 0 for none.</summary>
    public required int Rescored { get; init; }

    public required ScoreScale Scale { get; init; }

    /// <summary>How many hits are wanted, at least 1.</summary>
    public required int Wanted { get; init; }

    /// <summary>Hits at or over this key aren't wanted: they stood on an earlier page.</summary>
    public required ulong Ceiling { get; init; }

    /// <summary>The least sum that counts as a hit, at least 1.</summary>
    public required int LeastHit { get; init; }

    /// <summary>Lighter terms don't bound blocks; 0 for an exact search.</summary>
    public int LeastBoundingWeight { get; init; }

    public required bool CountAll { get; init; }

    public required SearchAlgorithm Algorithm { get; init; }

    public required VectorWidth Vectors { get; init; }

    public required ImpactCache Cache { get; init; }

    /// <summary>How long the algorithms take here.</summary>
    public SearchPace Pace { get; init; } = SearchPace.Shared;

    /// <summary>Which hits are all gathered beside the best ones; null for none.</summary>
    public GatheringPlan? Gathering { get; init; }
}

/// <summary>Says which hits of a search are all gathered.</summary>
/// <param name="LeastSum">The least sum of a hit, at least 1, by that of the best document and that of the last wanted one, which
/// is 0 where there are fewer. Rises with both.</param>
/// <param name="Most">With more hits than these none are gathered; at least 1.</param>
internal sealed record GatheringPlan(Func<int, int, int> LeastSum, int Most);

/// <summary>What a search found.</summary>
/// <param name="Hits">The hits, best first.</param>
/// <param name="Total">How many documents match, or how many are known to.</param>
/// <param name="IsLowerBound">Whether more may match than <paramref name="Total"/> says.</param>
/// <param name="Segments">How each segment was searched.</param>
/// <param name="Gathered">The hits that were to be gathered; null where none were or there are too many.</param>
internal readonly record struct TopKResult(
    ScoreDoc[] Hits, int Total, bool IsLowerBound, SegmentReport[] Segments, GatheredHits? Gathered)
{
    /// <summary>Whether hits may have been missed.</summary>
    public bool MayMiss { get; init; }

    /// <summary>Without the hits that score less, where all hits are counted that were returned.</summary>
    /// <param name="score">The least score.</param>
    public TopKResult AtLeast(float score)
    {
        ScoreDoc[] kept = [.. Hits.TakeWhile(hit => hit.Score >= score)];
        return kept.Length == Hits.Length ? this : this with { Hits = kept, Total = kept.Length, IsLowerBound = MayMiss };
    }

    /// <summary>The first hits alone; as many match as did.</summary>
    public TopKResult First(int wanted) => wanted >= Hits.Length ? this : this with { Hits = Hits[..wanted] };
}

/// <summary>
/// Finds the best hits of an index, segment by segment. The score to beat goes from one segment to the next, and where
/// several are searched at a time, between the threads. Thread-safe.
/// </summary>
/// <param name="leaves">The segments.</param>
/// <param name="documents">Documents in all of them, at least 1.</param>
/// <param name="degreeOfParallelism">How many segments are searched at a time, at least 1.</param>
/// <param name="scheduler">Where they are searched if there are several.</param>
internal sealed class TopKSearch(
    IList<AtomicReaderContext> leaves, int documents, int degreeOfParallelism, TaskScheduler scheduler)
{
    /// <param name="plan">What is searched for.</param>
    /// <param name="filter">Which documents may be found; null for all.</param>
    public TopKResult Search(SearchPlan plan, Filter? filter)
    {
        bool rescores = plan is { Rescored: > 0, AllTerms: not null };
        SearchPlan first = rescores ? Rescoring.FirstPhase(plan, documents) : plan;
        using SearchScratch scratch = SearchScratch.Rent();
        var segments = new SegmentReport[leaves.Count];
        Run(first, filter, scratch, segments);
        GatheredHits? gathered = plan.Gathering is { } asked ? Gathered(asked, scratch) : null;
        ReadOnlySpan<ulong> hits = scratch.Top.Finish();
        bool full = hits.Length == first.Wanted && hits.Length < documents;
        bool mayMiss = plan.AllTerms is not null
            || (plan.LeastBoundingWeight > 0 && segments.Any(segment => segment.Algorithm == SearchAlgorithm.BlockMax));
        // What stood on earlier pages isn't counted where not all are.
        bool isOpen = !plan.CountAll && (full || plan.Ceiling != ulong.MaxValue);
        bool cut = mayMiss || isOpen;
        if (rescores) hits = Rescoring.Rescore(plan, leaves, hits);
        // The first of two phases counts without the floor.
        bool isCounted = plan.CountAll && !(rescores && plan.LeastHit > 1);
        int total = isCounted ? segments.Sum(segment => segment.Hits) : hits.Length;
        return new TopKResult(HitsOf(hits), total, cut, segments, gathered) { MayMiss = mayMiss };
    }

    /// <summary>Finds the best of hits that were all gathered, and counts them.</summary>
    /// <param name="plan">How many are wanted, and which.</param>
    /// <param name="hits">All hits.</param>
    /// <param name="segments">How they were found.</param>
    /// <param name="filter">Which documents may be found; null for all.</param>
    public TopKResult Choose(SearchPlan plan, GatheredHits hits, IReadOnlyList<SegmentReport> segments, Filter? filter)
    {
        using SearchScratch scratch = SearchScratch.Rent();
        scratch.Start(plan, shared: null);
        var reports = new SegmentReport[leaves.Count];
        for (int i = 0, place = 0; i < reports.Length; i++)
        {
            int end = hits.Seek(place, leaves[i].DocBase + leaves[i].AtomicReader.MaxDoc);
            int found = place == end ? 0 : Choose(hits, place, end, leaves[i], filter, scratch.Top);
            reports[i] = segments[i] with { Hits = found };
            place = end;
        }

        return new TopKResult(
            HitsOf(scratch.Top.Finish()), reports.Sum(segment => segment.Hits), IsLowerBound: false, reports, Gathered: null);
    }

    private static int Choose(
        GatheredHits hits, int place, int end, AtomicReaderContext leaf, Filter? filter, TopHits top)
    {
        int found = 0;
        long[]? accepted = AcceptedDocs.Of(leaf, filter);
        for (; place < end; place++)
        {
            if (!AcceptedDocs.Has(accepted, hits.Doc(place) - leaf.DocBase)) continue;
            top.Add(hits.Sum(place), hits.Doc(place));
            found++;
        }

        return found;
    }

    private static GatheredHits? Gathered(GatheringPlan plan, SearchScratch scratch)
    {
        (int best, int last) = scratch.Top.Sums();
        return scratch.Gatherer.Finish(plan.LeastSum(best, last));
    }

    private void Run(SearchPlan plan, Filter? filter, SearchScratch scratch, SegmentReport[] segments)
    {
        if (degreeOfParallelism > 1 && leaves.Count > 1)
        {
            RunTogether(plan, filter, scratch, segments);
            return;
        }

        scratch.Start(plan, shared: null);
        for (int i = 0; i < segments.Length; i++)
            segments[i] = SegmentSearch.Search(plan, leaves[i], filter, scratch);
    }

    private void RunTogether(SearchPlan plan, Filter? filter, SearchScratch scratch, SegmentReport[] segments)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = degreeOfParallelism,
            TaskScheduler = scheduler,
        };
        var shared = new SharedFloor(0);
        var merging = new object();
        scratch.Start(plan, shared);
        ParallelLoop.Run(() => Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, segments.Length), EnumerablePartitionerOptions.NoBuffering),
            parallel,
            () => Begin(plan, shared),
            (i, _, own) =>
            {
                segments[i] = SegmentSearch.Search(plan, leaves[i], filter, own);
                return own;
            },
            own => End(own, scratch, merging)));
    }

    private static SearchScratch Begin(SearchPlan plan, SharedFloor shared)
    {
        SearchScratch own = SearchScratch.Rent();
        own.Start(plan, shared);
        return own;
    }

    private static void End(SearchScratch own, SearchScratch all, object merging)
    {
        lock (merging)
        {
            all.Top.Merge(own.Top);
            all.Gatherer.Merge(own.Gatherer);
        }

        own.Dispose();
    }

    /// <summary>Hits of their keys.</summary>
    public static ScoreDoc[] HitsOf(ReadOnlySpan<ulong> keys)
    {
        var hits = new ScoreDoc[keys.Length];
        for (int i = 0; i < hits.Length; i++) hits[i] = new ScoreDoc(HitKey.Doc(keys[i]), HitKey.Score(keys[i]));
        return hits;
    }
}
