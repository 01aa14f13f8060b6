using SpladeLucene.Impacts;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// What the two algorithms cost, in nanoseconds on a processor of 2024. Only their ratios matter, and those hold from
/// one processor to the next well enough: a choice that is nearly a tie may go either way.
/// </summary>
internal static class SearchCosts
{
    private const double Posting = 0.55;
    private const double WindowDocument = 0.1;
    private const double BlockOfRow = 0.08;
    private const double BlockBound = 0.2;
    private const double TermOfVisit = 40;
    private const double Visit = 100;

    // k hits take about k^1.7 visits, on real vectors and on generated ones of 50,000 to 1,000,000 documents.
    private const int LeastVisits = 32;
    private const double VisitsGrowth = 1.7;

    /// <summary>How many blocks may be visited until scoring everything would have been cheaper.</summary>
    /// <returns>0 where block-max pruning isn't worth a try.</returns>
    public static int AffordableBlocks(SegmentImpacts impacts, ReadOnlySpan<SegmentTerm> terms, int wanted)
    {
        if (impacts.Blocks is null) return 0;
        int blocks = impacts.Documents / BlockIndex.BlockSize;
        double windows = impacts.Documents * WindowDocument, bounds = blocks * BlockBound;
        foreach (SegmentTerm term in terms)
        {
            int postings = impacts.Frequency(term.Term);
            windows += postings * Posting;
            bool hasRows = BlockIndex.HasRow(postings, blocks);
            bounds += hasRows ? blocks * BlockOfRow : postings * Posting;
        }

        double affordable = (windows - bounds) / (Visit + (terms.Length * TermOfVisit));
        return affordable < LeastVisits + Math.Pow(wanted, VisitsGrowth) ? 0 : (int)Math.Min(affordable, blocks);
    }
}
