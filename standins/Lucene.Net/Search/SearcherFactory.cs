using Lucene.Net.Index;

namespace Lucene.Net.Search;

// Makes the searchers of a SearcherManager.
public class SearcherFactory
{
    public virtual IndexSearcher NewSearcher(IndexReader reader) => new(reader);
}
