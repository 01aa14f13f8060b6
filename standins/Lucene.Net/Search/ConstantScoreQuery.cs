using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

// Matches what a query or a filter matches, with one score for all.
public class ConstantScoreQuery : Query
{
    public ConstantScoreQuery(Query query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Query = query;
    }

    public ConstantScoreQuery(Filter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Filter = filter;
    }

    public virtual Query Query { get; }

    public virtual Filter Filter { get; }

    public override Query Rewrite(IndexReader reader)
    {
        Query? inner = Query ?? (Filter as QueryWrapperFilter)?.Query;
        Query? rewritten = inner?.Rewrite(reader);
        return rewritten is null || rewritten == Query ? this : new ConstantScoreQuery(rewritten) { Boost = Boost };
    }

    public override void ExtractTerms(ISet<Term> terms) => Query?.ExtractTerms(terms);

    public override Weight CreateWeight(IndexSearcher searcher) =>
        new ConstantWeight(this, Query?.CreateWeight(searcher));

    public override string ToString(string field) =>
        $"ConstantScore({(Query is null ? Filter!.ToString() : Query.ToString(field))}){BoostText()}";

    public override bool Equals(object obj) =>
        base.Equals(obj)
        && Equals(((ConstantScoreQuery)obj!).Query, Query)
        && Equals(((ConstantScoreQuery)obj!).Filter, Filter);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Query, Filter);

    private sealed class ConstantWeight(ConstantScoreQuery query, Weight? inner) : Weight
    {
        private readonly ConstantScore _score = new(query);

        public override Query Query => query;

        public override bool ScoresDocsOutOfOrder => inner is not null && inner.ScoresDocsOutOfOrder;

        public override float GetValueForNormalization()
        {
            inner?.GetValueForNormalization();
            return _score.GetValueForNormalization();
        }

        public override void Normalize(float norm, float topLevelBoost)
        {
            _score.Normalize(norm, topLevelBoost);
            inner?.Normalize(norm, topLevelBoost);
        }

        public override Scorer GetScorer(AtomicReaderContext context, IBits acceptDocs)
        {
            DocIdSetIterator? docs = inner is null
                ? query.Filter!.GetDocIdSet(context, acceptDocs)?.GetIterator()
                : inner.GetScorer(context, acceptDocs);
            return docs is null ? null : new ConstantScorer(this, docs, _score.Value);
        }

        public override BulkScorer GetBulkScorer(
            AtomicReaderContext context, bool scoreDocsInOrder, IBits acceptDocs)
        {
            if (inner is null)
            {
                return base.GetBulkScorer(context, scoreDocsInOrder, acceptDocs);
            }
            BulkScorer? bulk = inner.GetBulkScorer(context, scoreDocsInOrder, acceptDocs);
            return bulk is null ? null : new ConstantBulkScorer(this, bulk, _score.Value);
        }

        public override Explanation Explain(AtomicReaderContext context, int doc)
        {
            Scorer? scorer = GetScorer(context, context.AtomicReader.LiveDocs);
            if (scorer is null || scorer.Advance(doc) != doc)
            {
                return new ComplexExplanation(false, 0f, $"{query} doesn't match id {doc}");
            }
            return new ComplexExplanation(true, _score.Value, $"{query}, product of:").With(
                new Explanation(query.Boost, "boost"), new Explanation(_score.QueryNorm, "queryNorm"));
        }
    }

    private sealed class ConstantBulkScorer(Weight weight, BulkScorer inner, float score) : BulkScorer
    {
        public override bool Score(ICollector collector, int max) =>
            inner.Score(new ConstantCollector(weight, collector, score), max);
    }

    private sealed class ConstantCollector(Weight weight, ICollector target, float score) : ICollector
    {
        public bool AcceptsDocsOutOfOrder => target.AcceptsDocsOutOfOrder;

        public void SetScorer(Scorer scorer) => target.SetScorer(new ConstantScorer(weight, scorer, score));

        public void Collect(int doc) => target.Collect(doc);

        public void SetNextReader(AtomicReaderContext context) => target.SetNextReader(context);
    }
}
