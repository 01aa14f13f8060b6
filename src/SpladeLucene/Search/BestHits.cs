using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Postings;
using SpladeLucene.Search.Gathering;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;

namespace SpladeLucene.Search;

/// <summary>
/// The integer sums of a query's best and tenth-best live documents in each index that it was asked of, and the documents over
/// the floor that hangs on them. Every search of a page, its count and its facets need both, so they are remembered for as long as
/// the reader lives. Thread-safe.
/// </summary>
/// <param name="most">How many documents over a floor are remembered; where there are more, none are. 0 remembers none.</param>
internal sealed class BestHits(int most = BestHits.MostRemembered)
{
    /// <summary>How many hits a floor may ask for.</summary>
    public const int Wanted = 10;

    // A megabyte a floor and reader.
    private const int MostRemembered = 1 << 17;

    // An index of few documents has little to remember, and in a large one a quarter of it means nothing any more.
    private const int AlwaysRemembered = 4096;
    private const int MostShare = 4;

    private readonly ConditionalWeakTable<IndexReader, Sums> _sums = [];
    private readonly ConditionalWeakTable<IndexReader, Floored> _floored = [];

    /// <summary>Whether the floor hangs on the best documents of this index, and they are still to be found.</summary>
    /// <exception cref="InvalidOperationException">The index is one segment of another.</exception>
    public bool IsAskedFor(SpladeQuery query, IndexReader reader)
    {
        if (!query.Floor.IsShare) return false;
        RequireWhole(query, reader);
        return !_sums.TryGetValue(reader, out _);
    }

    private static void RequireWhole(SpladeQuery query, IndexReader reader) =>
        WholeIndex.Require(reader, query.Field, "The best scores that the floor of the query is a share of");

    /// <summary>Takes the best documents from a search that was run anyway.</summary>
    /// <param name="query">A query that shares this; its boost is 1.</param>
    /// <param name="reader">The whole index.</param>
    /// <param name="hits">The best ten in it or more, best first; all where there are fewer.</param>
    public void Remember(SpladeQuery query, IndexReader reader, ScoreDoc[] hits) =>
        _sums.AddOrUpdate(reader, SumsOf(query, hits));

    /// <summary>The least integer sum of a hit, at least 1, by the hits that an approximate search took for the best.</summary>
    public static int LeastSum(SpladeQuery query, ScoreDoc[] hits)
    {
        (int best, int tenth) = SumsOf(query, hits);
        return LeastSum(query, best, tenth);
    }

    private static Sums SumsOf(SpladeQuery query, ScoreDoc[] hits)
    {
        // The unit is a power of two, so the sum comes back as it was.
        int Sum(int rank) => hits.Length < rank ? 0 : (int)(hits[rank - 1].Score / query.Quantized.Unit);
        return new Sums(Sum(1), Sum(Wanted));
    }

    /// <summary>The floor in this index, and its hits, for a searcher that reads Lucene's postings.</summary>
    /// <exception cref="InvalidOperationException">The index is one segment of another.</exception>
    public FloorHits Over(SpladeQuery query, IndexReader reader)
    {
        var search = new TopKSearch(reader.Leaves, Math.Max(1, reader.MaxDoc), 1, TaskScheduler.Default);
        return Over(query, reader, search, cache: null);
    }

    /// <summary>The same.</summary>
    /// <param name="query">A query that shares this.</param>
    /// <param name="reader">The whole index.</param>
    /// <param name="search">Searches it, exactly, for what is still to be found.</param>
    /// <param name="cache">Where the impacts of segments are; null searches Lucene's postings.</param>
    /// <exception cref="InvalidOperationException">The index is one segment of another.</exception>
    public FloorHits Over(SpladeQuery query, IndexReader reader, TopKSearch search, ImpactCache? cache)
    {
        if (query.Floor.IsShare) RequireWhole(query, reader);
        int largest = Math.Min(most, Math.Max(AlwaysRemembered, reader.MaxDoc / MostShare));
        if (largest == 0 || !query.Floor.IsShareAlone)
            return new FloorHits(LeastSum(query, reader, search, cache), Hits: null, Segments: []);
        if (_floored.TryGetValue(reader, out Floored? last) && (last.Of(query.Floor) ?? last.Before?.Of(query.Floor)) is { } known)
            return known;
        var gathering = new GatheringPlan((best, tenth) => LeastSum(query, best, tenth), largest);
        TopKResult found = search.Search(Plan(query, cache) with { Gathering = gathering }, filter: null);
        Remember(query, reader, found.Hits);
        var hits = new FloorHits(LeastSum(query, reader, search, cache), found.Gathered, found.Segments);
        var kept = new Floored(query.Floor, hits with { Segments = Remembered(hits.Segments) }, last is null ? null : last with { Before = null });
        _floored.AddOrUpdate(reader, kept);
        return hits;
    }

    // Only the first search may have read Lucene's postings.
    private static SegmentReport[] Remembered(IReadOnlyList<SegmentReport> segments) => [.. segments.Select(
        segment => segment.Fallback == FallbackReason.None ? segment
            : segment with { Algorithm = SearchAlgorithm.Automatic, Fallback = FallbackReason.None })];

    /// <summary>The least integer sum of a hit, at least 1.</summary>
    /// <param name="query">A query that shares this.</param>
    /// <param name="reader">The whole index.</param>
    /// <param name="search">Searches it, exactly, if the best documents are still to be found.</param>
    /// <param name="cache">Where the impacts of segments are; null searches Lucene's postings.</param>
    public int LeastSum(SpladeQuery query, IndexReader reader, TopKSearch search, ImpactCache? cache)
    {
        if (IsAskedFor(query, reader)) Remember(query, reader, search.Search(Plan(query, cache), filter: null).Hits);
        (int best, int tenth) = _sums.TryGetValue(reader, out Sums? sums) ? sums : new Sums(0, 0);
        return LeastSum(query, best, tenth);
    }

    private static int LeastSum(SpladeQuery query, int best, int tenth) =>
        query.Floor.LeastSum(query.Quantized.Unit, best, tenth);

    private static SearchPlan Plan(SpladeQuery query, ImpactCache? cache) => new()
    {
        Field = query.Field,
        Terms = QueryTerm.Of(query.Quantized.Terms),
        AllTerms = null,
        Rescored = 0,
        Scale = new ScoreScale(query.Quantized.Unit),
        Wanted = BestHits.Wanted,
        Ceiling = ulong.MaxValue,
        LeastHit = 1,
        CountAll = false,
        Algorithm = cache is null ? SearchAlgorithm.Postings : SearchAlgorithm.Automatic,
        Vectors = VectorWidths.Best,
        Cache = cache ?? ImpactCache.Shared,
    };

    private sealed record Sums(int Best, int Tenth);

    /// <summary>The hits of one floor, and of the one before: copies of a query with another floor share this, and a page that has one
    /// floor for its list and one for its facets asks for both in turn.</summary>
    private sealed record Floored(ScoreFloor Floor, FloorHits Hits, Floored? Before)
    {
        public FloorHits? Of(ScoreFloor floor) => Floor == floor ? Hits : null;
    }
}

/// <summary>A query's floor in one index.</summary>
/// <param name="LeastSum">The least integer sum of a hit, at least 1.</param>
/// <param name="Hits">All documents that reach it; null where they weren't looked for, or are too many to be remembered.</param>
/// <param name="Segments">How each segment was searched for them.</param>
internal sealed record FloorHits(int LeastSum, GatheredHits? Hits, IReadOnlyList<SegmentReport> Segments);
