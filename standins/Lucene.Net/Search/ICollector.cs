using Lucene.Net.Index;

namespace Lucene.Net.Search;

// Takes what a search finds: for each leaf SetNextReader, SetScorer, and Collect with each document.
public interface ICollector
{
    bool AcceptsDocsOutOfOrder { get; }

    void SetScorer(Scorer scorer);

    void Collect(int doc);

    void SetNextReader(AtomicReaderContext context);
}
