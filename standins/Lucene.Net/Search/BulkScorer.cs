namespace Lucene.Net.Search;

// Hands whole ranges of documents to a collector.
public abstract class BulkScorer
{
    public virtual void Score(ICollector collector) => Score(collector, DocIdSetIterator.NO_MORE_DOCS);

    // The documents before max that were not collected yet; true if there may be more at or after max.
    public abstract bool Score(ICollector collector, int max);
}
