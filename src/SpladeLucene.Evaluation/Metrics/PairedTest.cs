namespace SpladeLucene.Evaluation;

/// <summary>Whether two rankings differ by more than chance over the same queries.</summary>
public static class PairedTest
{
    private const int Resamplings = 10_000, Seed = 20;

    /// <summary>
    /// The two-sided p-value of Fisher's paired randomization test of the mean difference, by 10,000 random exchanges
    /// (Smucker, Allan and Carterette 2007): the share of exchanges, the one that was seen among them, whose mean difference
    /// is as large. 1/10,001 to 1; the same values always give the same one.
    /// </summary>
    /// <param name="values">A value for each query; one or more.</param>
    /// <param name="others">The values that they are compared with, for the same queries in the same order.</param>
    /// <param name="cancellationToken">Ends the work between two exchanges.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static double PValue(
        IReadOnlyList<double> values, IReadOnlyList<double> others, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        ArgumentOutOfRangeException.ThrowIfNotEqual(others.Count, values.Count, nameof(others));
        double[] differences = [.. values.Zip(others, (value, other) => value - other).Where(difference => difference != 0)];
        // Sums of the same numbers in another order are equal up to rounding.
        double seen = Math.Abs(differences.Sum()) - 1e-9;
        var random = new Random(Seed);
        int asLarge = 1;
        for (int i = 0; i < Resamplings; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Math.Abs(Exchanged(differences, random)) >= seen) asLarge++;
        }

        return asLarge / (Resamplings + 1.0);
    }

    private static double Exchanged(double[] differences, Random random)
    {
        double sum = 0;
        int bits = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            if (i % 31 == 0) bits = random.Next();
            sum += (bits & 1) == 0 ? differences[i] : -differences[i];
            bits >>= 1;
        }

        return sum;
    }
}
