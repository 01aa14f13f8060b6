using System.Diagnostics;

namespace SpladeLucene.Benchmarks;

/// <summary>What one engine did for one number of wanted hits.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="Wanted">How many hits were wanted.</param>
/// <param name="Mean">Microseconds a query, and the percentiles of that.</param>
/// <param name="ScoreSum">The sum of all scores that were returned.</param>
internal sealed record Timing(
    string Engine, int Wanted, double Mean, double P50, double P95, double P99, double ScoreSum)
{
    // The runtime compiles a method for good only after a while, however often it is called meanwhile.
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Runs every query once, one after the other, after <paramref name="warm"/> of them or a second.</summary>
    /// <param name="search">Runs a query and returns the scores of its hits.</param>
    public static Timing Measure(string engine, int wanted, int queries, int warm, Func<int, IEnumerable<float>> search)
    {
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < warm || Stopwatch.GetElapsedTime(begun) < LeastWarmUp; i++) search(i % queries);
        var times = new double[queries];
        double sum = 0;
        for (int i = 0; i < queries; i++)
        {
            long started = Stopwatch.GetTimestamp();
            IEnumerable<float> scores = search(i);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            sum += scores.Sum(score => (double)score);
        }

        double mean = times.Average();
        Array.Sort(times);
        double At(double share) => times[Math.Min(queries - 1, (int)(share * queries))];
        return new Timing(engine, wanted, mean, At(0.5), At(0.95), At(0.99), sum);
    }
}
