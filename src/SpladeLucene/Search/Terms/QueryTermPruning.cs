using SpladeLucene.Postings;

namespace SpladeLucene;

/// <summary>
/// Leaves light query terms out of a search. What is found is then an approximation: the documents in
/// <c>benchmarks/results</c> say what it loses on which collection. Off unless asked for.
/// </summary>
public sealed record QueryTermPruning
{
    /// <summary>All terms are scored.</summary>
    public static readonly QueryTermPruning None = new();

    /// <summary>At most that many of the heaviest terms are searched for, at least 1. Default: all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int HeaviestTerms
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>
    /// Terms lighter than this share of the heaviest one are left out, 0 to 1. Default: 0, none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is under 0, over 1 or no number.</exception>
    public double LeastShareOfHeaviest
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share lies between 0 and 1.");
    }

    /// <summary>
    /// Two phases: so many hits of the heavy terms are scored again with all terms, and the best of them are returned
    /// with their full scores. Never fewer than are wanted; pages reach as far as these hits. Default: 0, one phase, in which
    /// light terms count nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Rescored
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The terms that are searched for.</summary>
    internal QueryTerm[] Choose(ReadOnlySpan<QuantizedTerm> terms)
    {
        if (this == None) return QueryTerm.Of(terms);
        QuantizedTerm[] chosen = [.. terms];
        double least = chosen.Length == 0 ? 0 : LeastShareOfHeaviest * chosen.Max(term => term.Weight);
        return QueryTerm.Of(
        [
            .. chosen.Where(term => term.Weight >= least).OrderByDescending(term => term.Weight)
                .ThenBy(term => term.Term, StringComparer.Ordinal).Take(HeaviestTerms),
        ]);
    }
}
