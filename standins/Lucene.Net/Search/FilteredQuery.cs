using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

// What a query finds among the documents of a filter.
public class FilteredQuery : Query
{
    public FilteredQuery(Query query, Filter filter)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(filter);
        Query = query;
        Filter = filter;
    }

    public Query Query { get; }

    public Filter Filter { get; }

    public override Query Rewrite(IndexReader reader)
    {
        Query rewritten = Query.Rewrite(reader);
        return rewritten == Query ? this : new FilteredQuery(rewritten, Filter) { Boost = Boost };
    }

    public override void ExtractTerms(ISet<Term> terms) => Query.ExtractTerms(terms);

    public override Weight CreateWeight(IndexSearcher searcher) =>
        new FilteredWeight(this, Query.CreateWeight(searcher));

    public override string ToString(string field) => $"filtered({Query.ToString(field)})->{Filter}{BoostText()}";

    public override bool Equals(object obj) =>
        base.Equals(obj) && ((FilteredQuery)obj!).Query.Equals(Query) && ((FilteredQuery)obj!).Filter.Equals(Filter);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Query, Filter);

    private sealed class FilteredWeight(FilteredQuery query, Weight inner) : Weight
    {
        // A filter that starts this early has so many documents that they are better tested one by one.
        private const int EarlyFirstDoc = 100;

        public override Query Query => query;

        // The hits come in order all the same; the published weight says so too.
        public override bool ScoresDocsOutOfOrder => true;

        public override float GetValueForNormalization() =>
            inner.GetValueForNormalization() * query.Boost * query.Boost;

        public override void Normalize(float norm, float topLevelBoost) =>
            inner.Normalize(norm, topLevelBoost * query.Boost);

        public override Scorer GetScorer(AtomicReaderContext context, IBits acceptDocs)
        {
            DocIdSet? allowed = query.Filter.GetDocIdSet(context, acceptDocs);
            DocIdSetIterator? docs = allowed?.GetIterator();
            if (docs is null || docs.NextDoc() == DocIdSetIterator.NO_MORE_DOCS)
            {
                return null;
            }
            if (allowed!.Bits is { } bits && docs.DocID < EarlyFirstDoc)
            {
                return inner.GetScorer(context, bits);
            }
            Scorer? scorer = inner.GetScorer(context, null);
            return scorer is null ? null : new FilteredScorer(this, scorer, docs);
        }

        public override Explanation Explain(AtomicReaderContext context, int doc)
        {
            Explanation explanation = inner.Explain(context, doc);
            DocIdSet? allowed = query.Filter.GetDocIdSet(context, context.AtomicReader.LiveDocs);
            return allowed?.GetIterator()?.Advance(doc) == doc
                ? explanation
                : new Explanation(0f, $"failure to match filter: {query.Filter}").With(explanation);
        }
    }

    // Lets the two catch up with each other. The filter's documents stand on the first one when it starts.
    private sealed class FilteredScorer(Weight weight, Scorer scorer, DocIdSetIterator allowed) : Scorer(weight)
    {
        private int _doc = -1;

        public override int DocID => _doc;

        public override int Freq => scorer.Freq;

        public override int NextDoc() => Advance(_doc + 1);

        public override int Advance(int target)
        {
            int filtered = allowed.DocID < target ? allowed.Advance(target) : allowed.DocID;
            while (scorer.DocID != filtered)
            {
                if (scorer.DocID < filtered)
                {
                    scorer.Advance(filtered);
                }
                else
                {
                    filtered = allowed.Advance(scorer.DocID);
                }
            }
            return _doc = filtered;
        }

        public override long GetCost() => Math.Min(scorer.GetCost(), allowed.GetCost());

        public override float GetScore() => scorer.GetScore();
    }
}
