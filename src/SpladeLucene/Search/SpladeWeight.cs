using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;
using SpladeLucene.Search.Gathering;
using SpladeLucene.Search.Scoring;
using SpladeLucene.Search.TopK;

namespace SpladeLucene.Search;

/// <summary>Binds a query to a searcher: what its sums are worth, and the scorer of each segment.</summary>
/// <param name="query">The query.</param>
/// <param name="cache">Where the impacts of segments are; null scores over Lucene's postings.</param>
/// <param name="floor">What a hit has to score, and which documents do, where that is known.</param>
internal sealed class SpladeWeight(SpladeQuery query, ImpactCache? cache, FloorHits floor) : Weight
{
    private readonly SpladeQuery _query = query;
    private readonly QueryTerm[] _terms = QueryTerm.Of(query.Quantized.Terms);

    // What one unit of the integer sum is worth. A power of two unless a boost is none.
    private float _unit = query.Quantized.Unit * query.Boost;

    /// <summary>What one unit of the integer sum is worth, once it is normalized.</summary>
    public float Unit => _unit;

    public override Query Query => _query;

    /// <summary>Nothing, so that the clauses beside this one are normalized as if it were not there.</summary>
    public override float GetValueForNormalization() => 0;

    public override void Normalize(float norm, float topLevelBoost) =>
        _unit = _query.Quantized.Unit * (_query.Boost * topLevelBoost);

    public override Scorer? GetScorer(AtomicReaderContext context, IBits? acceptDocs)
    {
        if (floor.Hits is { } hits) return Gathered(hits, context, acceptDocs);
        bool isKnown = Find(context, out ImpactLease lease, out SegmentTerm[] terms, out SegmentReport? report);
        Tell(report);
        if (terms.Length > 0) return new ImpactScorer(this, lease, terms, acceptDocs, _unit, floor.LeastSum);
        lease.Dispose();
        if (isKnown) return null;
        QueryPostings[] postings = Open(context, acceptDocs);
        return postings.Length == 0
            ? null
            : new SpladeScorer(this, postings, _unit, floor.LeastSum, context.AtomicReader.MaxDoc);
    }

    public override BulkScorer? GetBulkScorer(AtomicReaderContext context, bool scoreDocsInOrder, IBits? acceptDocs)
    {
        if (floor.Hits is not null) return base.GetBulkScorer(context, scoreDocsInOrder, acceptDocs);
        bool isKnown = Find(context, out ImpactLease lease, out SegmentTerm[] terms, out SegmentReport? report);
        using ImpactLease found = lease;
        if (terms.Length > 0)
            return new ImpactBulkScorer(this, found.Impacts!, terms, acceptDocs, _unit, floor.LeastSum, () => Tell(report));
        Tell(report);
        if (isKnown) return null;
        QueryPostings[] postings = Open(context, acceptDocs: null);
        return postings.Length == 0 ? null : new SpladeBulkScorer(this, postings, acceptDocs, _unit, floor.LeastSum);
    }

    public override Explanation Explain(AtomicReaderContext context, int doc) =>
        SpladeExplainer.Explain(context.AtomicReader, doc, _query, _unit, floor.LeastSum);

    /// <returns>Null where none is made over postings: a scorer more would change the order in which a disjunction adds up.</returns>
    private GatheredScorer? Gathered(GatheredHits hits, AtomicReaderContext context, IBits? acceptDocs)
    {
        Tell(floor.Segments[context.Ord]);
        var scorer = new GatheredScorer(this, hits, context.DocBase, context.AtomicReader.MaxDoc, acceptDocs, _unit,
            () => CostOf(context));
        return scorer.IsEmpty && CostOf(context) == 0 ? null : scorer;
    }

    private long CostOf(AtomicReaderContext context)
    {
        using ImpactLease lease = cache?.Lease(context.AtomicReader, _query.Field, out _) ?? default;
        if (lease.Impacts is not { } impacts)
            return Open(context, acceptDocs: null).Sum(term => term.Postings.Cost);
        var terms = new List<SegmentTerm>(_terms.Length);
        SegmentSearch.Resolve(_terms, impacts, terms);
        return terms.Sum(term => (long)impacts.Frequency(term.Term));
    }

    private void Tell(SegmentReport? report)
    {
        if (report is { } told) SpladeTelemetry.Segment(_query.Field, told.DocBase, told.AlgorithmName, told.FallbackName);
    }

    /// <summary>Looks for the segment's impacts, and holds them.</summary>
    /// <returns>Whether Lucene's postings needn't be read: the impacts are there, or there is nothing to find.</returns>
    private bool Find(AtomicReaderContext context, out ImpactLease lease, out SegmentTerm[] terms, out SegmentReport? report)
    {
        (lease, terms, report) = (default, [], null);
        if (cache is null || _terms.Length == 0) return _terms.Length == 0;
        lease = cache.Lease(context.AtomicReader, _query.Field, out FallbackReason fallback);
        if (lease.Impacts is { } impacts)
        {
            terms = Resolved(impacts, lease);
        }

        SearchAlgorithm algorithm = terms.Length > 0 ? SearchAlgorithm.Windows
            : lease.Impacts is not null || fallback == FallbackReason.None ? SearchAlgorithm.Automatic : SearchAlgorithm.Postings;
        report = new SegmentReport(context.DocBase, context.AtomicReader.MaxDoc, algorithm, fallback, 0);
        return lease.Impacts is not null || fallback == FallbackReason.None;
    }

    // What can't be resolved isn't held: mapped impacts that are stay in the address space.
    private SegmentTerm[] Resolved(SegmentImpacts impacts, in ImpactLease lease)
    {
        try
        {
            var found = new List<SegmentTerm>(_terms.Length);
            SegmentSearch.Resolve(_terms, impacts, found);
            return [.. found];
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private QueryPostings[] Open(AtomicReaderContext context, IBits? acceptDocs) =>
        QueryPostings.Open(context.AtomicReader, _query.Field, _terms, acceptDocs);
}
