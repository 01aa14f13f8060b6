using System.Globalization;
using SpladeLucene.Search.TopK;

namespace SpladeLucene;

/// <summary>
/// What a document has to score to be a hit of a <see cref="SpladeQuery"/>. Expansions make nearly every document share
/// some term with a query; a floor leaves those that mean it, so that counts, sorts, facets and pages speak of them alone.
/// It is compared with the dot product before boosts, so that a boost changes no hit. With both properties set, a document
/// has to reach both. Immutable and thread-safe.
/// </summary>
/// <example><code>var floor = new ScoreFloor { ShareOfBest = 0.3f };</code></example>
public sealed record ScoreFloor
{
    /// <summary>Every document that shares a term is a hit.</summary>
    public static ScoreFloor None { get; } = new();

    /// <summary>
    /// The least score, in the units of weights: finite, 0 or more. Default: 0, no floor. Scores of different queries don't
    /// compare, so this suits a query whose scores are known.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is negative, infinite or no number.</exception>
    public float Score
    {
        get;
        init => field = float.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A least score is finite and not negative.");
    }

    /// <summary>
    /// The least share of the score that the best live document of the whole index has, 0 to 1. Default: 0, no floor.
    /// Filters and pages don't move it. The best document is searched for once a query and reader: in a
    /// <see cref="SpladeSearcher"/> for a small part of what scoring all documents takes, in a plain <c>IndexSearcher</c>
    /// for as much again.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is under 0, over 1 or no number.</exception>
    public float ShareOfBest
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share lies between 0 and 1.");
    }

    /// <summary>Whether every document that shares a term is a hit.</summary>
    public bool IsNone => this == None;

    /// <summary>Such as <c>0.3 of the best score</c>.</summary>
    public override string ToString()
    {
        string score = Score.ToString(CultureInfo.InvariantCulture);
        string share = ShareOfBest.ToString(CultureInfo.InvariantCulture) + " of the best score";
        return (Score, ShareOfBest) switch
        {
            (0, 0) => "none",
            (_, 0) => score,
            (0, _) => share,
            _ => $"{score} and {share}",
        };
    }

    /// <summary>The least integer sum, at least 1, that a hit has.</summary>
    /// <param name="unit">What one unit of a sum is worth without boosts.</param>
    /// <param name="bestSum">The sum of the best document; 0 where there is none.</param>
    internal int LeastSum(float unit, int bestSum)
    {
        int least = Score > 0 ? new ScoreScale(unit).LeastSum(Score) : 1;
        // Decimal, as 0.3 is a little more than 0.3 in a float, and a document with just this share is a hit.
        return Math.Max(least, (int)decimal.Ceiling((decimal)ShareOfBest * bestSum));
    }
}
