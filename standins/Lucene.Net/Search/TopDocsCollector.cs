using Lucene.Net.Index;

namespace Lucene.Net.Search;

public abstract class TopDocsCollector<T> : ICollector
    where T : ScoreDoc
{
    private protected TopDocsCollector()
    {
    }

    public virtual int TotalHits { get; private protected set; }

    public abstract bool AcceptsDocsOutOfOrder { get; }

    public abstract void Collect(int doc);

    public abstract void SetNextReader(AtomicReaderContext context);

    public abstract void SetScorer(Scorer scorer);

    // Once, when all documents are collected.
    public virtual TopDocs GetTopDocs() => TakeTopDocs();

    private protected abstract TopDocs TakeTopDocs();
}
