namespace SpladeLucene.Quality;

/// <summary>A mean with the interval that 95 of 100 resamplings of its queries fall into.</summary>
internal readonly record struct Bootstrap(double Mean, double Low, double High)
{
    private const int Resamplings = 2000, Seed = 20;

    /// <summary>The percentile bootstrap of the mean; the same values always give the same interval.</summary>
    public static Bootstrap Of(double[] values)
    {
        var random = new Random(Seed);
        double[] means = new double[Resamplings];
        for (int i = 0; i < Resamplings; i++)
        {
            double sum = 0;
            for (int j = 0; j < values.Length; j++) sum += values[random.Next(values.Length)];
            means[i] = sum / values.Length;
        }

        Array.Sort(means);
        return new Bootstrap(values.Average(), means[(int)(0.025 * Resamplings)], means[(int)(0.975 * Resamplings)]);
    }

    /// <summary>The same of the differences, query by query.</summary>
    public static Bootstrap OfDifference(double[] values, double[] others) =>
        Of([.. values.Zip(others, (value, other) => value - other)]);
}
