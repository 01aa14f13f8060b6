namespace SpladeLucene;

public sealed partial record ImpactQuantizer
{
    /// <summary>Every sum up to this one is a whole number that a float holds exactly.</summary>
    public const int MaxScoreSum = 1 << 24;

    // A unit of 2^±100 is an ordinary float, and so is every score made with it.
    private const int MaxExponent = 100;

    /// <summary>
    /// Turns a query's weights into integers at a scale 2^k × range / 256, for the largest k at which the heaviest
    /// possible document still scores at most 2^24: 255 × Σ weights ≤ 2^24. No weight is clipped; a weight too light
    /// beside the others to become 1 is dropped.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The weights are too large to be scored as floats (over 2^100), too small (under 2^-100), or so many (over 65,000
    /// alike) that none is left.
    /// </exception>
    public QuantizedQuery QuantizeQuery(SparseVector query)
    {
        ArgumentNullException.ThrowIfNull(query);
        double total = 0;
        foreach (SparseTerm term in query.AsSpan()) total += term.Weight;
        if (total == 0) return QuantizedQuery.Empty;

        // Rounding moves the sum, so the first guess may lie too high; it never lies too low by more than one.
        int guess = (int)Math.Floor(Math.Log2(MaxScoreSum / (MaxImpact * total * Range / Levels))) + 1;
        int exponent = Math.Min(guess, MaxExponent);
        while (exponent >= -MaxExponent && !Fits(query, exponent)) exponent--;
        if (exponent < -MaxExponent)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The query's weights add up to {total}; that is too much to be scored."), nameof(query));
        }

        QuantizedQuery quantized = At(query, exponent);
        if (quantized.Terms.IsEmpty)
            throw new ArgumentException(
                $"The weights of the query's {query.Count} terms are too many or too small to be scored.", nameof(query));
        return quantized;
    }

    private bool Fits(SparseVector query, int exponent)
    {
        double sum = 0;
        foreach (SparseTerm term in query.AsSpan()) sum += QueryWeight(term.Weight, exponent);
        return sum * MaxImpact <= MaxScoreSum;
    }

    private double QueryWeight(float weight, int exponent) =>
        Math.Round(Math.ScaleB(weight * Range / Levels, exponent), MidpointRounding.ToEven);

    private QuantizedQuery At(SparseVector query, int exponent)
    {
        var terms = new List<QuantizedTerm>(query.Count);
        foreach (SparseTerm term in query.AsSpan())
        {
            int weight = (int)QueryWeight(term.Weight, exponent);
            if (weight > 0) terms.Add(new QuantizedTerm(term.Term, weight));
        }

        return new QuantizedQuery([.. terms], MathF.ScaleB(1, -exponent));
    }
}
