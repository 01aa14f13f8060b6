using Lucene.Net.Index;

namespace Lucene.Net.Search;

public partial class IndexSearcher
{
    public virtual TopDocs Search(Query query, int n) => Search(query, null, n);

    public virtual TopDocs Search(Query query, Filter filter, int n) => SearchAfter(null, query, filter, n);

    public virtual TopDocs SearchAfter(ScoreDoc after, Query query, int n) => SearchAfter(after, query, null, n);

    public virtual TopDocs SearchAfter(ScoreDoc after, Query query, Filter filter, int n) =>
        Search(CreateNormalizedWeight(WrapFilter(query, filter)), after, n);

    public virtual void Search(Query query, ICollector results) => Search(query, null, results);

    public virtual void Search(Query query, Filter filter, ICollector results) =>
        Search(_context.Leaves, CreateNormalizedWeight(WrapFilter(query, filter)), results);

    protected virtual TopDocs Search(Weight weight, ScoreDoc after, int nDocs)
    {
        int limit = Math.Max(IndexReader.MaxDoc, 1);
        if (after is not null && after.Doc >= limit)
        {
            throw new ArgumentException($"The hit to go on after, {after.Doc}, is no document of this reader.");
        }
        var collector = TopScoreDocCollector.Create(Math.Min(nDocs, limit), after, !weight.ScoresDocsOutOfOrder);
        Search(_context.Leaves, weight, collector);
        return collector.GetTopDocs();
    }

    protected virtual void Search(IList<AtomicReaderContext> leaves, Weight weight, ICollector collector)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(collector);
        foreach (AtomicReaderContext leaf in leaves)
        {
            collector.SetNextReader(leaf);
            bool inOrder = !collector.AcceptsDocsOutOfOrder;
            weight.GetBulkScorer(leaf, inOrder, leaf.AtomicReader.LiveDocs)?.Score(collector);
        }
    }

    private static Query WrapFilter(Query query, Filter? filter) =>
        filter is null ? query : new FilteredQuery(query, filter);
}
