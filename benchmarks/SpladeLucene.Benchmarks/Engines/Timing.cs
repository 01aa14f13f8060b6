using System.Diagnostics;
using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Tool.Progress;

namespace SpladeLucene.Benchmarks.Engines;

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

    /// <summary>Runs every query once, after some that are not timed.</summary>
    /// <param name="engine">Its name.</param>
    /// <param name="wanted">How many hits are wanted.</param>
    /// <param name="pass">How many queries there are, and how many are not timed.</param>
    /// <param name="search">Runs a query and returns the scores of its hits.</param>
    /// <exception cref="OperationCanceledException">It is not complete.</exception>
    public static Timing Measure(string engine, int wanted, Pass pass, Func<int, IEnumerable<float>> search)
    {
        using var progress = ProgressLine.Of("queries", (long)pass.Warm + pass.Queries);
        if (pass.Warm > 0) WarmUp(pass, search, progress);
        var times = new double[pass.Queries];
        double sum = 0;
        for (int i = 0; i < times.Length; i++)
        {
            pass.Cancellation.ThrowIfCancellationRequested();
            long started = Stopwatch.GetTimestamp();
            IEnumerable<float> scores = search(i);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            sum += scores.Sum(score => (double)score);
            progress.Report(pass.Warm + i + 1L);
        }

        double mean = times.Average();
        Array.Sort(times);
        return new Timing(engine, wanted, mean, Percentiles.At(times, 0.5), Percentiles.At(times, 0.95), Percentiles.At(times, 0.99), sum);
    }

    private static void WarmUp(Pass pass, Func<int, IEnumerable<float>> search, WorkProgress progress)
    {
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < pass.Warm || Stopwatch.GetElapsedTime(begun) < LeastWarmUp; i++)
        {
            pass.Cancellation.ThrowIfCancellationRequested();
            search(i % pass.Queries);
            progress.Report(Math.Min(i + 1, pass.Warm));
        }
    }
}
