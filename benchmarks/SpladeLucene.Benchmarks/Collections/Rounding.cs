namespace SpladeLucene.Benchmarks.Collections;

/// <summary>To whole numbers, halves away from zero.</summary>
internal static class Rounding
{
    public static int Nearest(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);
}
