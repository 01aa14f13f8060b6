namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// The same random numbers on every platform: <see href="https://doi.org/10.1145/2714064.2660195">SplitMix</see>
/// (Steele, Lea, Flood, 2014). Not thread-safe.
/// </summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to 1, without 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number under <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Normally distributed around 0 with a deviation of 1, by Box and Muller.</summary>
    public double Normal()
    {
        double length = Unit(), angle = Unit();
        return Math.Sqrt(-2 * Math.Log(length + 1e-300)) * Math.Cos(6.283185307179586 * angle);
    }

    /// <summary>Fisher and Yates: every order is as likely.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
