using Lucene.Net.Search;

namespace SpladeLucene;

/// <summary>
/// Ranks the hits of a first search anew by <c>(1 − w) × their score + w × the SPLADE score</c>, for two-stage search. The
/// first search decides what is found; the floor of a <see cref="SpladeQuery"/> doesn't count here, as no hit is to be left
/// out. As Lucene's own, it writes the new scores into the hits of the first search. Thread-safe.
/// </summary>
public sealed class SpladeRescorer : QueryRescorer
{
    private readonly double _weight;

    /// <summary>Makes a rescorer.</summary>
    /// <param name="query">What scores anew, in the searcher that <c>Rescore</c> is given: a
    /// <see cref="SpladeSearcher"/> looks its scores up in memory.</param>
    /// <param name="meaningWeight">w, 0 to 1. Default: the encoder's <see cref="ISparseEncoder.FusionWeight"/> where the query
    /// knows it, else 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is under 0, over 1 or no number.</exception>
    public SpladeRescorer(SpladeQuery query, double? meaningWeight = null)
        : base((query ?? throw new ArgumentNullException(nameof(query))).WithFloor(ScoreFloor.None))
    {
        _weight = meaningWeight ?? query.FusionWeight ?? 0.5;
        if (_weight is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(meaningWeight), meaningWeight, "The weight lies between 0 and 1.");
    }

    /// <inheritdoc/>
    protected override float Combine(float firstPassScore, bool secondPassMatches, float secondPassScore) =>
        (float)(((1 - _weight) * firstPassScore) + (secondPassMatches ? _weight * secondPassScore : 0));
}
