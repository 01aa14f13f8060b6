using System.Diagnostics;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// Relates integer sums to scores: score = (float)sum × unit. Monotone, but under a unit that is no power of two
/// several sums may have one score.
/// </summary>
internal readonly struct ScoreScale(float unit)
{
    /// <summary>A sum that no document reaches.</summary>
    public const int Unreachable = ImpactQuantizer.MaxScoreSum + 1;

    /// <summary>Whether scores under <paramref name="unit"/> are ordered as their sums are.</summary>
    public static bool IsOrdered(float unit) => unit > 0 && float.IsFinite(unit * ImpactQuantizer.MaxScoreSum);

    public float Score(int sum) => sum * unit;

    /// <summary>The least sum, at least 1, that scores <paramref name="score"/> or more.</summary>
    public int LeastSum(float score)
    {
        int low = 1, high = Unreachable;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Score(middle) >= score) high = middle;
            else low = middle + 1;
        }

        Debug.Assert(low == Unreachable || Score(low) >= score, "The least sum scores enough.");
        return low;
    }
}
