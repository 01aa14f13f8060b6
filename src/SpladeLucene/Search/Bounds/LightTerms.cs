using SpladeLucene.Impacts;

namespace SpladeLucene.Search.Bounds;

/// <summary>
/// The terms of a query that are too light to be worth reading their bounds: every block is allowed the same for them. They count
/// in full in the documents that are looked at.
/// </summary>
/// <param name="Under">What weighs less is light; 0 for nothing.</param>
/// <param name="Impact">What a block is allowed for each, 1 to 255. Only with 255 is that a bound.</param>
internal readonly record struct LightTerms(int Under, int Impact)
{
    // A document that is among the best rarely has more of all its light terms together: 0.3 of a query's weight left out
    // loses none of 400 hits of 8.8 million generated documents, 0.4 of it two.
    private const int ExpectedImpact = 64;

    // So little of the weight hardly lets more blocks over the score to beat, and is a quarter of the terms.
    private const double ExactShare = 0.02;

    /// <summary>Whether a block may have more of them than it is allowed.</summary>
    public bool MayMiss => Under > 0 && Impact < byte.MaxValue;

    /// <summary>Those that an approximate search doesn't bound.</summary>
    public static LightTerms Approximate(int under) => new(under, ExpectedImpact);

    /// <summary>Those that an exact search can do without.</summary>
    /// <param name="terms">The query's in a segment, by falling weight.</param>
    public static LightTerms Exact(ReadOnlySpan<SegmentTerm> terms)
    {
        int total = 0;
        foreach (SegmentTerm term in terms) total += term.Weight;
        double left = ExactShare * total;
        int last = terms.Length - 1;
        while (last > 0 && (left -= terms[last].Weight) >= 0) last--;
        return new LightTerms(terms[last].Weight, byte.MaxValue);
    }

    public bool Has(SegmentTerm term) => term.Weight < Under;

    /// <summary>What a block is allowed for a light term.</summary>
    public int Allowance(SegmentTerm term) => term.Weight * Impact;
}
