using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Postings;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;

namespace SpladeLucene.Search;

/// <summary>
/// The integer sums of a query's best and tenth-best live documents in each index that it was asked of. Every search of a page, its count
/// and its facets need it, so it is remembered for as long as the reader lives. Thread-safe.
/// </summary>
internal sealed class BestHits
{
    /// <summary>How many hits a floor may ask for.</summary>
    public const int Wanted = 10;

    private readonly ConditionalWeakTable<IndexReader, Sums> _sums = [];

    /// <summary>Whether the floor hangs on the best documents of this index, and they are still to be found.</summary>
    public bool IsAskedFor(SpladeQuery query, IndexReader reader) =>
        query.Floor.IsShare && !_sums.TryGetValue(reader, out _);

    /// <summary>Takes the best documents from a search that was run anyway.</summary>
    /// <param name="query">A query that shares this; its boost is 1.</param>
    /// <param name="reader">The whole index.</param>
    /// <param name="hits">The best ten in it or more, best first; all where there are fewer.</param>
    public void Remember(SpladeQuery query, IndexReader reader, ScoreDoc[] hits)
    {
        // The unit is a power of two, so the sum comes back as it was.
        int Sum(int rank) => hits.Length < rank ? 0 : (int)(hits[rank - 1].Score / query.Quantized.Unit);
        _sums.AddOrUpdate(reader, new Sums(Sum(1), Sum(Wanted)));
    }

    /// <summary>The least integer sum of a hit, at least 1, for a searcher that reads Lucene's postings.</summary>
    /// <exception cref="InvalidOperationException">The index is one segment of another.</exception>
    public int LeastSum(SpladeQuery query, IndexReader reader)
    {
        if (!IsAskedFor(query, reader)) return LeastSum(query, reader, search: null, cache: null);
        WholeIndex.Require(reader, query.Field, "The best scores that the floor of the query is a share of");
        var search = new TopKSearch(reader.Leaves, Math.Max(1, reader.MaxDoc), 1, TaskScheduler.Default);
        return LeastSum(query, reader, search, cache: null);
    }

    /// <summary>The same.</summary>
    /// <param name="query">A query that shares this.</param>
    /// <param name="reader">The whole index.</param>
    /// <param name="search">Searches it, exactly, if the best documents are still to be found.</param>
    /// <param name="cache">Where the impacts of segments are; null searches Lucene's postings.</param>
    public int LeastSum(SpladeQuery query, IndexReader reader, TopKSearch? search, ImpactCache? cache)
    {
        if (IsAskedFor(query, reader)) Remember(query, reader, search!.Search(Plan(query, cache), filter: null).Hits);
        (int best, int tenth) = _sums.TryGetValue(reader, out Sums? sums) ? sums : new Sums(0, 0);
        return query.Floor.LeastSum(query.Quantized.Unit, best, tenth);
    }

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
}
