using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Postings;
using SpladeLucene.Search;
using SpladeLucene.Search.TopK;

namespace SpladeLucene;

/// <summary>
/// An <see cref="IndexSearcher"/> that searches for a <see cref="SpladeQuery"/> many times faster, with the same hits,
/// scores and counts: over impacts that are kept in memory (<see cref="SpladeSearcherOptions.Impacts"/>), and with
/// collectors that tell the scorer which score is to be beaten. So it does for a <c>BooleanQuery</c> of a SPLADE query and one other,
/// both optional, where coord factors are 1. Every other query, every sort and every collector goes
/// Lucene's way, and a <see cref="SpladeQuery"/> inside it is scored over the impacts in memory all the same. Whether
/// it was, <see cref="SpladeTelemetry"/> tells. Only what makes a searcher of its own, such as
/// <c>QueryWrapperFilter</c>, reads Lucene's postings: use <see cref="SpladeFilter"/>. Thread-safe.
/// </summary>
public partial class SpladeSearcher : IndexSearcher
{
    private readonly TopKSearch _search;
    private readonly int _documents;

    /// <summary>Makes a searcher.</summary>
    /// <param name="reader">The index; whoever opened it closes it.</param>
    /// <param name="options">Default: the cache that all searchers share, one segment at a time, exact.</param>
    public SpladeSearcher(IndexReader reader, SpladeSearcherOptions? options = null)
        : base(reader)
    {
        Options = options ?? new SpladeSearcherOptions();
        _documents = Math.Max(1, reader.MaxDoc);
        _search = new TopKSearch(reader.Leaves, _documents, Options.DegreeOfParallelism, Options.Scheduler);
    }

    /// <summary>What the searcher was made with.</summary>
    public SpladeSearcherOptions Options { get; }

    /// <summary>Finds the best <paramref name="n"/> hits. The result of a <see cref="SpladeQuery"/> is a
    /// <see cref="SpladeTopDocs"/>.</summary>
    public override TopDocs Search(Query query, Filter? filter, int n) => SearchAfter(null, query, filter, n);

    /// <summary>Finds the best <paramref name="n"/> hits after <paramref name="after"/>, the last of a page.</summary>
    public override TopDocs SearchAfter(ScoreDoc? after, Query query, int n) => SearchAfter(after, query, null, n);

    /// <summary>Finds the best <paramref name="n"/> hits after <paramref name="after"/>, the last of a page.</summary>
    public override TopDocs SearchAfter(ScoreDoc? after, Query query, Filter? filter, int n)
    {
        Query rewritten = Rewrite(query);
        if (rewritten is SpladeQuery splade && ScoreScale.IsOrdered(splade.Quantized.Unit * splade.Boost))
            return SearchTop(splade, n, filter, after);
        return rewritten is BooleanQuery both && SpladeOfTwo(both) is { } one
            ? SearchTwo(both, one, n, filter, after)
            : base.SearchAfter(after, rewritten, filter, n);
    }

    /// <summary>Finds the best <paramref name="n"/> hits, in the way that <paramref name="options"/> say.</summary>
    /// <param name="query">Its boost is positive.</param>
    /// <param name="n">How many hits are wanted, at least 1.</param>
    /// <param name="filter">Which documents may be found; null for all.</param>
    /// <param name="after">The last hit of the page before; null for the first page.</param>
    /// <param name="options">Default: <see cref="SpladeSearcherOptions.Search"/>.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="n"/> is not positive, <paramref name="after"/> is no document of this index or has no score, or the options
    /// contradict each other.
    /// </exception>
    /// <exception cref="InvalidOperationException">The field holds no impacts.</exception>
    public SpladeTopDocs SearchTop(
        SpladeQuery query, int n, Filter? filter = null, ScoreDoc? after = null, SpladeSearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        RequireWanted(n);
        if (after is not null) RequireHit(after);
        if (!ScoreScale.IsOrdered(query.Quantized.Unit * query.Boost))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A boost of {query.Boost} doesn't rank: give the query a positive and finite one."), nameof(query));
        }

        return Search(query, n, filter, after, options?.Checked(nameof(options)) ?? Options.Search);
    }

    /// <summary>Where the impacts of segments are; null where the options ask for Lucene's postings.</summary>
    internal ImpactCache? Impacts => Options.Search.Algorithm == SearchAlgorithm.Postings ? null : Options.Impacts;

    /// <summary>What a hit has to score, and which documents do, where a search for all of them is worth it.</summary>
    internal FloorHits Over(SpladeQuery query) => query.Best.Over(query, IndexReader, _search, Impacts);

    private static void RequireWanted(int n)
    {
        if (n > 0) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{n} hits are wanted, and at least one is to be."), nameof(n));
    }

    private void RequireHit(ScoreDoc after)
    {
        if (after.Doc < Math.Max(1, IndexReader.MaxDoc) && !float.IsNaN(after.Score)) return;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"The hit to go on after, document {after.Doc} with the score {after.Score}, is none of this index of {IndexReader.MaxDoc} documents: ")
            + "pass the last hit of the page before, of the same reader.", nameof(after));
    }

    private SpladeTopDocs Search(SpladeQuery query, int n, Filter? filter, ScoreDoc? after, SpladeSearchOptions search)
    {
        using Activity? activity = SpladeTelemetry.StartSearch(query.Field, n);
        long started = SpladeTelemetry.Now;
        TopKResult found = Find(query, Math.Min(n, _documents), filter, after, search);
        SpladeTelemetry.Searched(query.Field, search.CountAllHits, started);
        foreach (SegmentReport segment in found.Segments)
            SpladeTelemetry.Segment(query.Field, segment.DocBase, segment.AlgorithmName, segment.FallbackName);
        // As Lucene has it: a later page doesn't know the best score.
        float best = found.Hits.Length > 0 && after is null ? found.Hits[0].Score : float.NaN;
        return new SpladeTopDocs(found.Total, found.IsLowerBound, found.Hits, best, found.Segments)
        {
            IsApproximate = found.MayMiss,
        };
    }

    private TopKResult Find(SpladeQuery query, int wanted, Filter? filter, ScoreDoc? after, SpladeSearchOptions search)
    {
        SearchPlan plan = Plan(query, wanted, after, search);
        // Where nothing is counted or filtered, the best hits, which the floor may hang on, are found on the way.
        bool findsBest = filter is null && after is null && !search.CountAllHits && query.Boost == 1
            && plan.AllTerms is null && query.Best.IsAskedFor(query, IndexReader);
        ImpactCache? cache = search.Algorithm == SearchAlgorithm.Postings ? null : Options.Impacts;
        if (search.CountAllHits && search.Algorithm != SearchAlgorithm.Postings && plan.AllTerms is null)
        {
            FloorHits over = query.Best.Over(query, IndexReader, _search, cache);
            plan = plan with { LeastHit = over.LeastSum };
            return over.Hits is { } all ? _search.Choose(plan, all, over.Segments, filter) : _search.Search(plan, filter);
        }

        int least = findsBest ? 1 : query.Best.LeastSum(query, IndexReader, _search, cache);
        int asked = findsBest ? Math.Max(wanted, Math.Min(BestHits.Wanted, _documents)) : wanted;
        TopKResult found = _search.Search(plan with { Wanted = asked, LeastHit = least }, filter);
        if (!findsBest) return found;
        if (!found.MayMiss) query.Best.Remember(query, IndexReader, found.Hits);
        int floor = found.MayMiss ? BestHits.LeastSum(query, found.Hits) : query.Best.LeastSum(query, IndexReader, _search, cache);
        return found.AtLeast(floor * query.Quantized.Unit).First(wanted);
    }

    private SearchPlan Plan(SpladeQuery query, int wanted, ScoreDoc? after, SpladeSearchOptions search)
    {
        QueryTerm[] chosen = search.TermPruning.Choose(query.Quantized.Terms);
        return new SearchPlan
        {
            Field = query.Field,
            Terms = chosen,
            AllTerms = chosen.Length < query.Quantized.Terms.Length ? QueryTerm.Of(query.Quantized.Terms) : null,
            Rescored = search.TermPruning.Rescored,
            Scale = new ScoreScale(query.Quantized.Unit * query.Boost),
            Wanted = wanted,
            Ceiling = after is null ? ulong.MaxValue : HitKey.After(after.Score, after.Doc),
            LeastHit = 1,
            LeastBoundingWeight = search.LeastBoundingWeight(query.Quantized.Terms),
            CountAll = search.CountAllHits,
            Algorithm = search.Algorithm,
            Vectors = search.Vectors,
            Cache = Options.Impacts,
        };
    }
}
