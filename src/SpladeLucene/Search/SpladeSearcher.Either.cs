using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Impacts.Caching;
using SpladeLucene.Search;
using SpladeLucene.Search.Disjunction;
using SpladeLucene.Search.TopK;
using SpladeLucene.Telemetry;

namespace SpladeLucene;

public partial class SpladeSearcher
{
    /// <summary>The best hits of a SPLADE query and another, one way or the other.</summary>
    private TopDocs SearchTwo(BooleanQuery query, SpladeQuery splade, int n, Filter? filter, ScoreDoc? after)
    {
        using Activity? activity = SpladeTelemetry.StartSearch(splade.Field, n);
        long started = SpladeTelemetry.Now;
        TopDocs found = SearchEither(query, splade, n, filter, after) ?? base.SearchAfter(after, query, filter, n);
        SpladeTelemetry.Searched(splade.Field, countsAll: true, started);
        return found;
    }

    /// <summary>
    /// The best hits of a SPLADE query and another, of which a document has to match one: what Lucene would find, without
    /// its handing each hit of the SPLADE query, often nearly all documents, from one object to the next.
    /// </summary>
    /// <returns>Null where impacts aren't in memory or aren't to be used, and where only Lucene knows how scores are added up.</returns>
    private TopDocs? SearchEither(BooleanQuery query, SpladeQuery splade, int n, Filter? filter, ScoreDoc? after)
    {
        if (n <= 0 || after?.Doc >= IndexReader.MaxDoc || Impacts is not { } cache) return null;
        // Few hits over a floor, found already, are handed over fast enough.
        FloorHits floor = Over(splade);
        if (floor.Hits is not null) return null;
        using LeasedSegments? segments = cache.LeaseAll(IndexReader, splade.Field);
        if (segments is null) return null;
        using var others = new HitList<float>();
        var silent = new SilentClause((SpladeWeight)splade.CreateWeight(this));
        Collect(query, splade, silent, filter, others);
        float unit = silent.Weight.Unit;
        if (!ScoreScale.IsOrdered(unit) || HasOdd(others.Scores)) return null;
        SearchPlan plan = Plan(splade, Math.Min(n, _documents), after, new SpladeSearchOptions());
        plan = plan with { LeastHit = floor.LeastSum, Scale = new ScoreScale(unit) };
        (ScoreDoc[] hits, int total) = new EitherSearch(plan, others).Find(segments.All, filter);
        // As Lucene has it: a later page doesn't know the best score.
        return new TopDocs(total, hits, hits.Length > 0 && after is null ? hits[0].Score : float.NaN);
    }

    private SpladeQuery? SpladeOfTwo(BooleanQuery query)
    {
        if (query.GetType() != typeof(BooleanQuery) || query.MinimumNumberShouldMatch > 1) return null;
        if (query.Clauses is not [{ Occur: Occur.SHOULD }, { Occur: Occur.SHOULD }]) return null;
        bool countsEqually = query.CoordDisabled || (Similarity.Coord(1, 2) == 1 && Similarity.Coord(2, 2) == 1);
        return !countsEqually ? null : (query.Clauses[0].Query, query.Clauses[1].Query) switch
        {
            (SpladeQuery, SpladeQuery) => null,
            (SpladeQuery first, _) => first,
            (_, SpladeQuery second) => second,
            _ => null,
        };
    }

    /// <summary>Whether a score is negative or no number: those have no place in the order of sums.</summary>
    private static bool HasOdd(ReadOnlySpan<float> scores)
    {
        foreach (float score in scores)
            if (float.IsNegative(score) || !float.IsFinite(score)) return true;
        return false;
    }

    /// <summary>Collects the other query's hits, with the scores that it has beside the SPLADE query.</summary>
    private void Collect(BooleanQuery query, SpladeQuery splade, SilentClause silent, Filter? filter, HitList<float> hits)
    {
        var copy = new BooleanQuery(query.CoordDisabled) { Boost = query.Boost };
        foreach (BooleanClause clause in query.Clauses)
            copy.Add(ReferenceEquals(clause.Query, splade) ? silent : clause.Query, Occur.SHOULD);
        var blocks = new BlockCollector(hits);
        Search(m_leafContexts, CreateNormalizedWeight(WrapFilter(copy, filter)), blocks);
        blocks.Finish();
    }

    /// <summary>Stands where the SPLADE query stood, is normalized as it would be, and matches nothing.</summary>
    private sealed class SilentClause(SpladeWeight weight) : Query
    {
        public SpladeWeight Weight => weight;

        public override Weight CreateWeight(IndexSearcher searcher) => new SilentWeight(this);

        public override string ToString(string field) => weight.Query.ToString(field);
    }

    private sealed class SilentWeight(SilentClause clause) : Weight
    {
        public override Query Query => clause;

        public override float GetValueForNormalization() => clause.Weight.GetValueForNormalization();

        public override void Normalize(float norm, float topLevelBoost) => clause.Weight.Normalize(norm, topLevelBoost);

        public override Scorer? GetScorer(AtomicReaderContext context, IBits? acceptDocs) => null;

        public override Explanation Explain(AtomicReaderContext context, int doc) =>
            throw new NotSupportedException("Nothing is explained that matches nothing.");
    }
}
