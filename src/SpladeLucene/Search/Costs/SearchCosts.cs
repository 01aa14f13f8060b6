using SpladeLucene.Impacts;

namespace SpladeLucene.Search.Costs;

/// <summary>
/// What the two algorithms are expected to cost for one query in one segment, in nanoseconds on a processor of 2024. How their
/// ratio is on this one, <see cref="SearchPace"/> learns.
/// </summary>
/// <param name="Windows">Windowed accumulation.</param>
/// <param name="Bounds">The bounds of all blocks.</param>
/// <param name="Visit">A visit of one block.</param>
internal readonly record struct SearchCosts(double Windows, double Bounds, double Visit)
{
    private const double Posting = 0.55;
    private const double WindowDocument = 0.1;
    private const double BlockOfRow = 0.04;
    private const double BlockBound = 0.1;
    private const double TermOfVisit = 40;
    private const double Start = 100;

    /// <summary>With fewer visits block-max pruning isn't worth a try.</summary>
    public const int LeastVisits = 32;

    // k hits take about k^1.7 visits, on real vectors and on generated ones of 50,000 to 1,000,000 documents.
    private const double VisitsGrowth = 1.7;

    /// <summary>Those of a segment that has <see cref="SegmentImpacts.Blocks"/>.</summary>
    /// <param name="impacts">The segment.</param>
    /// <param name="terms">The query's terms in it.</param>
    /// <param name="leastBoundingWeight">Lighter ones don't bound blocks.</param>
    public static SearchCosts Of(SegmentImpacts impacts, ReadOnlySpan<SegmentTerm> terms, int leastBoundingWeight = 0)
    {
        int blocks = impacts.Documents / BlockIndex.BlockSize;
        // Of all windows together; only the last one's may be filled up.
        int rowLength = BlockIndex.RowLength(impacts.Documents);
        double windows = impacts.Documents * WindowDocument, bounds = blocks * BlockBound;
        foreach (SegmentTerm term in terms)
        {
            int postings = impacts.Frequency(term.Term);
            windows += postings * Posting;
            if (term.Weight < leastBoundingWeight) continue;
            bounds += BlockIndex.HasRow(postings, rowLength) ? blocks * BlockOfRow : postings * Posting;
        }

        return new SearchCosts(windows, bounds, Start + (terms.Length * TermOfVisit));
    }

    /// <summary>What block-max pruning costs that visits so many blocks.</summary>
    public double Blocks(int visited) => Bounds + (visited * Visit);

    /// <summary>How many blocks may be visited until scoring everything would have been cheaper.</summary>
    /// <param name="wanted">How many hits are wanted.</param>
    /// <param name="pace">How much slower than expected windowed accumulation is beside block-max pruning.</param>
    /// <returns>0 where block-max pruning isn't worth a try.</returns>
    public int AffordableBlocks(int wanted, double pace)
    {
        double affordable = ((Windows * pace) - Bounds) / Visit;
        return affordable < LeastVisits + Math.Pow(wanted, VisitsGrowth) ? 0 : (int)Math.Min(affordable, int.MaxValue);
    }
}
