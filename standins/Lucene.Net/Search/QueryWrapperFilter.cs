using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search;

// The documents that a query matches.
public class QueryWrapperFilter : Filter
{
    public QueryWrapperFilter(Query query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Query = query;
    }

    public Query Query { get; }

    public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits acceptDocs)
    {
        AtomicReaderContext alone = context.AtomicReader.AtomicContext;
        Weight weight = new IndexSearcher(alone).CreateNormalizedWeight(Query);
        return new Matches(weight, alone, acceptDocs);
    }

    public override string ToString() => $"QueryWrapperFilter({Query})";

    public override bool Equals(object obj) => obj is QueryWrapperFilter other && other.Query.Equals(Query);

    public override int GetHashCode() => HashCode.Combine(typeof(QueryWrapperFilter), Query);

    private sealed class Matches(Weight weight, AtomicReaderContext context, IBits? acceptDocs) : DocIdSet
    {
        public override DocIdSetIterator GetIterator() => weight.GetScorer(context, acceptDocs);
    }
}
