namespace SpladeLucene.Benchmarks.Engines;

/// <summary>Percentiles by the nearest rank: the least value that so large a share of all values isn't above.</summary>
internal static class Percentiles
{
    /// <param name="ascending">The values, one or more.</param>
    /// <param name="share">Over 0, 1 at most.</param>
    public static double At(double[] ascending, double share) => ascending[(int)Math.Ceiling(share * ascending.Length) - 1];
}
