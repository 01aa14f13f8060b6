using Lucene.Net.Util;

namespace Lucene.Net.Search;

public abstract class DocIdSet
{
    // Null stands for no documents.
    public abstract DocIdSetIterator GetIterator();

    // Null where the set can only be walked.
    public virtual IBits Bits => null;

    public virtual bool IsCacheable => false;
}
