using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Postings;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;

namespace SpladeLucene.Search;

/// <summary>
/// The integer sum of a query's best live document in each index that it was asked of. Every search of a page, its count
/// and its facets need it, so it is remembered for as long as the reader lives. Thread-safe.
/// </summary>
internal sealed class BestHit
{
    private readonly ConditionalWeakTable<IndexReader, StrongBox<int>> _sums = [];

    /// <summary>Whether the floor hangs on the best document of this index, and it is still to be found.</summary>
    public bool IsAskedFor(SpladeQuery query, IndexReader reader) =>
        query.Floor.ShareOfBest > 0 && !_sums.TryGetValue(reader, out _);

    /// <summary>Takes the best document from a search that was run anyway.</summary>
    /// <param name="query">A query that shares this; its boost is 1.</param>
    /// <param name="reader">The whole index.</param>
    /// <param name="hits">Hits in it, best first.</param>
    public void Remember(SpladeQuery query, IndexReader reader, ScoreDoc[] hits)
    {
        // The unit is a power of two, so the sum comes back as it was.
        int sum = hits.Length == 0 ? 0 : (int)(hits[0].Score / query.Quantized.Unit);
        _sums.AddOrUpdate(reader, new StrongBox<int>(sum));
    }

    /// <summary>The least integer sum of a hit, at least 1, for a searcher that reads Lucene's postings.</summary>
    /// <exception cref="InvalidOperationException">The index is one segment of another.</exception>
    public int LeastSum(SpladeQuery query, IndexReader reader)
    {
        if (!IsAskedFor(query, reader)) return LeastSum(query, reader, search: null, cache: null);
        RequireWhole(query, reader);
        var search = new TopKSearch(reader.Leaves, Math.Max(1, reader.MaxDoc), 1, TaskScheduler.Default);
        return LeastSum(query, reader, search, cache: null);
    }

    /// <summary>The same.</summary>
    /// <param name="query">A query that shares this.</param>
    /// <param name="reader">The whole index.</param>
    /// <param name="search">Searches it, exactly, if the best document is still to be found.</param>
    /// <param name="cache">Where the impacts of segments are; null searches Lucene's postings.</param>
    public int LeastSum(SpladeQuery query, IndexReader reader, TopKSearch? search, ImpactCache? cache)
    {
        if (IsAskedFor(query, reader)) Remember(query, reader, search!.Search(Plan(query, cache), filter: null).Hits);
        int best = _sums.TryGetValue(reader, out StrongBox<int>? sum) ? sum.Value : 0;
        return query.Floor.LeastSum(query.Quantized.Unit, best);
    }

    // A QueryWrapperFilter asks of each segment as if it were an index.
    private static void RequireWhole(SpladeQuery query, IndexReader reader)
    {
        if (reader is SegmentReader)
        {
            throw new InvalidOperationException(
                $"The floor of the query over '{query.Field}' is a share of the best score of a whole index, and it was "
                + $"asked of a segment by itself, as QueryWrapperFilter does: use {nameof(SpladeFilter)} in its place, or "
                + $"a query with {nameof(ScoreFloor)}.{nameof(ScoreFloor.None)}.");
        }
    }

    private static SearchPlan Plan(SpladeQuery query, ImpactCache? cache) => new()
    {
        Field = query.Field,
        Terms = QueryTerm.Of(query.Quantized.Terms),
        AllTerms = null,
        Rescored = 0,
        Scale = new ScoreScale(query.Quantized.Unit),
        Wanted = 1,
        Ceiling = ulong.MaxValue,
        LeastHit = 1,
        CountAll = false,
        Algorithm = cache is null ? SearchAlgorithm.Postings : SearchAlgorithm.Automatic,
        Vectors = VectorWidths.Best,
        Cache = cache ?? ImpactCache.Shared,
    };
}
