using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

// Says which documents a search may find, without scoring them.
public abstract class Filter
{
    // Null stands for no documents.
    public abstract DocIdSet GetDocIdSet(AtomicReaderContext context, IBits acceptDocs);
}
