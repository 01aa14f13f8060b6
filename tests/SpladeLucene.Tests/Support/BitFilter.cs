using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.Support;

/// <summary>Lets pass what a function of the document's id says.</summary>
internal sealed class BitFilter(Func<int, bool> passes) : Filter
{
    public override DocIdSet? GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs)
    {
        var bits = new FixedBitSet(context.AtomicReader.MaxDoc);
        for (int doc = 0; doc < context.AtomicReader.MaxDoc; doc++)
            if (passes(context.DocBase + doc) && acceptDocs?.Get(doc) != false) bits.Set(doc);
        return bits;
    }
}
