using System.Globalization;

namespace SpladeLucene.Fusion;

/// <summary>How far the scores of a ranking reach, which are to be made alike.</summary>
/// <param name="normalization">How they are.</param>
internal struct ScoreRange(ScoreNormalization normalization)
{
    private double _best = double.NegativeInfinity;
    private double _worst = double.PositiveInfinity;

    /// <summary>Whether a score can be normalized.</summary>
    public readonly bool Takes(double score) => double.IsFinite(score) && (score >= 0 || normalization != ScoreNormalization.Max);

    /// <summary>Takes a score into account that <see cref="Takes"/> has let pass.</summary>
    public void Add(double score)
    {
        _best = Math.Max(_best, score);
        _worst = Math.Min(_worst, score);
    }

    /// <summary>What the scores add.</summary>
    /// <param name="weight">Finite and not negative.</param>
    public readonly FusedPart Part(double weight) => FusedPart.Of(weight, normalization, _best, _worst);

    /// <summary>Why a score isn't taken, and what to do.</summary>
    /// <param name="giver">What gives it, as the beginning of a sentence.</param>
    /// <param name="score">The score.</param>
    /// <param name="normalization">How it was to be normalized.</param>
    public static string Refusal(string giver, double score, ScoreNormalization normalization) => string.Create(CultureInfo.InvariantCulture,
        $"{giver} the score {score}, which {(double.IsFinite(score) ? $"{normalization} can't normalize: take {ScoreNormalization.MinMax}" : "can't be added to others: leave it out, or mend what computes it")}.");
}
