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

    /// <summary>Runs every query once a pass, after some that are not timed, and keeps the quietest pass.</summary>
    /// <param name="engine">Its name.</param>
    /// <param name="wanted">How many hits are wanted.</param>
    /// <param name="run">How many queries there are, how many are not timed, and how many passes.</param>
    /// <param name="search">Runs a query and returns the scores of its hits.</param>
    public static Timing Measure(
        string engine, int wanted, (int Queries, int Warm, int Repeats) run, Func<int, IEnumerable<float>> search)
    {
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < run.Warm || Stopwatch.GetElapsedTime(begun) < LeastWarmUp; i++) search(i % run.Queries);
        return Enumerable.Range(0, run.Repeats).Select(_ => Pass(engine, wanted, run.Queries, search))
            .MinBy(timing => timing.Mean)!;
    }

    private static Timing Pass(string engine, int wanted, int queries, Func<int, IEnumerable<float>> search)
    {
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
