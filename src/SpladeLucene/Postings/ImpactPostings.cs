using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Postings;

/// <summary>One term's documents with their impacts, read from Lucene's postings. Owned by one search.</summary>
internal abstract class ImpactPostings(DocsEnum postings)
{
    /// <summary>
    /// The current document; -1 before the first, <see cref="DocIdSetIterator.NO_MORE_DOCS"/> after the last.
    /// </summary>
    public int Doc { get; protected set; } = -1;

    public int NextDoc() => Doc = postings.NextDoc();

    public int Advance(int target) => Doc = postings.Advance(target);

    public long Cost => postings.GetCost();

    /// <summary>The current document's impact, 0 to 255. To be read once a document.</summary>
    public abstract int ReadImpact();

    /// <summary>
    /// Adds weight × impact to <c>sums[doc - start]</c> for the current document and those after it that are under
    /// <paramref name="end"/>, and stops at the first one that isn't.
    /// </summary>
    public abstract void Accumulate(Span<int> sums, int start, int end, int weight);

    /// <summary>Moves on and reads as many documents as there is room for.</summary>
    /// <returns>How many; fewer than there is room for at the end.</returns>
    public abstract int Read(Span<int> docs, Span<byte> impacts);
}
