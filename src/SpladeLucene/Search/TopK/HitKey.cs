using System.Diagnostics;

namespace SpladeLucene.Search.TopK;

/// <summary>
/// A hit as one number whose order is the order of hits: by falling score, then by rising document id. The upper half
/// is the score's bits (scores are not negative, so their bits are ordered as they are), the lower one the complement
/// of the id. No two hits have the same key.
/// </summary>
internal static class HitKey
{
    public static ulong Of(float score, int doc) =>
        ((ulong)BitConverter.SingleToUInt32Bits(score) << 32) | ~(uint)doc;

    public static float Score(ulong key) => BitConverter.UInt32BitsToSingle((uint)(key >> 32));

    public static int Doc(ulong key) => (int)~(uint)key;

    /// <summary>A key that this hit and every hit before it are at or over; negative scores lie behind all, and a negative
    /// document stands before all that score the same, as Lucene has it.</summary>
    public static ulong After(float score, int doc) =>
        float.IsNegative(score) ? 0 : doc < 0 ? Of(score, 0) + 1 : Of(score, doc);
}

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
