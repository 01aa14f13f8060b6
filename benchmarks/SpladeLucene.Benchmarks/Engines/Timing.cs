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

    /// <summary>Runs every query once a pass, after some that are not timed, and keeps the quietest pass.</summary>
    /// <param name="engine">Its name.</param>
    /// <param name="wanted">How many hits are wanted.</param>
    /// <param name="passes">How many queries there are, how many are not timed, and how often all are run.</param>
    /// <param name="search">Runs a query and returns the scores of its hits.</param>
    /// <exception cref="OperationCanceledException">No pass is complete; else what there is is returned.</exception>
    public static Timing Measure(string engine, int wanted, Passes passes, Func<int, IEnumerable<float>> search)
    {
        var progress = ProgressLine.Of("queries", passes.Warm + ((long)passes.Count * passes.Queries));
        long done = 0;
        Timing? quietest = null;
        try
        {
            if (passes.Warm > 0) WarmUp(passes, search, progress);
            done = passes.Warm;
            for (int pass = 0; pass < passes.Count; pass++)
            {
                Timing timing = Pass(engine, wanted, passes, search, () => progress.Report(++done));
                if (quietest is null || timing.Mean < quietest.Mean) quietest = timing;
            }
        }
        catch (OperationCanceledException) when (quietest is not null)
        {
            // The passes before are as good as any.
        }

        progress.Dispose();
        return quietest!;
    }

    private static void WarmUp(Passes passes, Func<int, IEnumerable<float>> search, WorkProgress progress)
    {
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < passes.Warm || Stopwatch.GetElapsedTime(begun) < LeastWarmUp; i++)
        {
            passes.Cancellation.ThrowIfCancellationRequested();
            search(i % passes.Queries);
            progress.Report(Math.Min(i + 1, passes.Warm));
        }
    }

    private static Timing Pass(
        string engine, int wanted, Passes passes, Func<int, IEnumerable<float>> search, Action done)
    {
        var times = new double[passes.Queries];
        double sum = 0;
        for (int i = 0; i < times.Length; i++)
        {
            passes.Cancellation.ThrowIfCancellationRequested();
            long started = Stopwatch.GetTimestamp();
            IEnumerable<float> scores = search(i);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            sum += scores.Sum(score => (double)score);
            done();
        }

        double mean = times.Average();
        Array.Sort(times);
        return new Timing(engine, wanted, mean,
            Percentiles.At(times, 0.5), Percentiles.At(times, 0.95), Percentiles.At(times, 0.99), sum);
    }
}
