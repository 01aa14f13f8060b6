using SpladeLucene.Impacts;
using SpladeLucene.Postings;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// The same as <see cref="WindowedAccumulation"/> straight over Lucene's postings, where a segment's impacts are not in
/// memory. Reading the postings is nearly all of its cost.
/// </summary>
internal static class PostingsAccumulation
{
    /// <returns>How many hits were counted.</returns>
    public static int Search<TSimd>(QueryPostings[] terms, in SegmentTask task)
        where TSimd : struct, ISimd
    {
        int hits = 0;
        foreach (QueryPostings term in terms) term.Postings.NextDoc();
        for (int window = 0; window < task.Windows; window++)
        {
            int start = window * SegmentImpacts.WindowSize, end = start + task.Length(window);
            Span<int> sums = task.NewSums(window);
            foreach (QueryPostings term in terms)
                term.Postings.Accumulate(sums, start, end, term.Term.Weight);
            hits += task.Collect<TSimd>(window, sums);
        }

        return hits;
    }
}
