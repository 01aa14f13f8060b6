using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Explaining;
using SpladeLucene.Postings;

namespace SpladeLucene.Search;

/// <summary>Binds a query to a searcher: what its sums are worth, and the scorer of each segment.</summary>
internal sealed class SpladeWeight(SpladeQuery query) : Weight
{
    private readonly SpladeQuery _query = query;

    // What one unit of the integer sum is worth. A power of two unless a boost is none.
    private float _unit = query.Quantized.Unit * query.Boost;

    public override Query Query => _query;

    /// <summary>Nothing, so that the clauses beside this one are normalized as if it were not there.</summary>
    public override float GetValueForNormalization() => 0;

    public override void Normalize(float norm, float topLevelBoost) =>
        _unit = _query.Quantized.Unit * (_query.Boost * topLevelBoost);

    public override Scorer? GetScorer(AtomicReaderContext context, IBits? acceptDocs)
    {
        QueryPostings[] postings = QueryPostings.Open(context.AtomicReader, _query, acceptDocs);
        return postings.Length == 0 ? null : new SpladeScorer(this, postings, _unit, context.AtomicReader.MaxDoc);
    }

    public override BulkScorer? GetBulkScorer(AtomicReaderContext context, bool scoreDocsInOrder, IBits? acceptDocs)
    {
        QueryPostings[] postings = QueryPostings.Open(context.AtomicReader, _query, acceptDocs: null);
        return postings.Length == 0 ? null : new SpladeBulkScorer(this, postings, acceptDocs, _unit);
    }

    public override Explanation Explain(AtomicReaderContext context, int doc) =>
        MatchExplanation.Of(_query, context.AtomicReader, doc, _unit);
}
