namespace SpladeLucene;

/// <summary>A query in integers. A document scores (Σ weight × impact) × <see cref="Unit"/>.</summary>
internal sealed class QuantizedQuery
{
    /// <summary>The query without terms.</summary>
    public static readonly QuantizedQuery Empty = new([], 1);

    private readonly QuantizedTerm[] _terms;

    internal QuantizedQuery(QuantizedTerm[] terms, float unit) => (_terms, Unit) = (terms, unit);

    /// <summary>The terms in ordinal order; 255 × the sum of their weights is at most 2^24.</summary>
    public ReadOnlySpan<QuantizedTerm> Terms => _terms;

    /// <summary>What one unit of the sum is worth: a power of two, so multiplying by it loses nothing.</summary>
    public float Unit { get; }
}

/// <summary>A query term with its integer weight, at least 1.</summary>
internal readonly record struct QuantizedTerm(string Term, int Weight);
