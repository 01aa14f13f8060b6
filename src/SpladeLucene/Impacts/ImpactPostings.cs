using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Impacts;

/// <summary>One term's documents with their impacts, read from Lucene's postings. Owned by one search.</summary>
internal abstract class ImpactPostings(DocsEnum postings)
{
    /// <summary>The current document; -1 before the first, <see cref="DocIdSetIterator.NO_MORE_DOCS"/> after the last.</summary>
    public int Doc { get; private set; } = -1;

    public int NextDoc() => Doc = postings.NextDoc();

    public int Advance(int target) => Doc = postings.Advance(target);

    public long Cost => postings.GetCost();

    /// <summary>The current document's impact, 1 to 255. To be read once a document.</summary>
    public abstract int ReadImpact();
}
