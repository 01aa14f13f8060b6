using System.Numerics;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>Draws from running sums.</summary>
internal static class Sampling
{
    /// <summary>A place, each as likely as its share of the sum.</summary>
    public static int Draw(SplitMix64 random, float[] running) =>
        Math.Min(FirstAtLeast(running, (float)random.Unit() * running[^1]), running.Length - 1);

    /// <summary>The first place whose running sum is at least <paramref name="value"/>; the length where none is.
    /// </summary>
    public static int FirstAtLeast<T>(ReadOnlySpan<T> running, T value)
        where T : IComparisonOperators<T, T, bool>
    {
        int from = 0, to = running.Length;
        while (from < to)
        {
            int middle = (from + to) >>> 1;
            if (running[middle] < value) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
