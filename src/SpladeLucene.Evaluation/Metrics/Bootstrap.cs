namespace SpladeLucene.Evaluation;

/// <summary>A mean over queries with its 95 % confidence interval, by resampling the queries.</summary>
/// <param name="Mean">The mean of the values as they are.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public readonly record struct Bootstrap(double Mean, double Low, double High)
{
    private const int Resamplings = 2000, Seed = 20;

    /// <summary>
    /// The percentile bootstrap of the mean, of 2,000 resamplings; the same values always give the same interval.
    /// </summary>
    /// <param name="values">A value for each query; one or more.</param>
    /// <param name="cancellationToken">Ends the work between two resamplings.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Bootstrap Of(IReadOnlyList<double> values, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var random = new Random(Seed);
        double[] means = new double[Resamplings];
        for (int i = 0; i < Resamplings; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double sum = 0;
            for (int j = 0; j < values.Count; j++) sum += values[random.Next(values.Count)];
            means[i] = sum / values.Count;
        }

        Array.Sort(means);
        return new Bootstrap(values.Average(), means[(int)(0.025 * Resamplings)], means[(int)(0.975 * Resamplings)]);
    }

    /// <summary>The same of the differences, query by query.</summary>
    /// <param name="values">A value for each query.</param>
    /// <param name="others">The value that is taken from it, for the same queries in the same order.</param>
    /// <param name="cancellationToken">Ends the work between two resamplings.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Bootstrap OfDifference(
        IReadOnlyList<double> values, IReadOnlyList<double> others, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentOutOfRangeException.ThrowIfNotEqual(others.Count, values.Count, nameof(others));
        return Of([.. values.Zip(others, (value, other) => value - other)], cancellationToken);
    }
}
