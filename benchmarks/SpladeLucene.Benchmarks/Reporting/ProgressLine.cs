using System.Diagnostics;

namespace SpladeLucene.Benchmarks.Reporting;

/// <summary>
/// Says on the error stream how far a piece of work is, at what rate, and what time is left: one line that changes on a
/// terminal, a line now and then in a file. Not thread-safe.
/// </summary>
internal sealed class ProgressLine(string what, long? total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(Console.IsErrorRedirected ? 10 : 0.5);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private TimeSpan _next = Interval;
    private int _shown;
    private long _done;

    public void Report(long done)
    {
        _done = done;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_begun);
        if (elapsed < _next) return;
        _next = elapsed + Interval;
        string line = $"    {what}: {new SpladeProgress(done, total, elapsed)}";
        if (Console.IsErrorRedirected) Console.Error.WriteLine(line);
        else Console.Error.Write("\r" + line.PadRight(_shown));
        _shown = line.Length;
    }

    /// <summary>Takes the changing line away, so that something else can be written there.</summary>
    public void Clear()
    {
        if (!Console.IsErrorRedirected && _shown > 0) Console.Error.Write("\r" + new string(' ', _shown) + "\r");
        _shown = 0;
    }

    /// <summary>Says how much was done and how fast.</summary>
    public void Finish()
    {
        Clear();
        var all = new SpladeProgress(_done, null, Stopwatch.GetElapsedTime(_begun));
        Console.Error.WriteLine($"    {what}: {all} in {all.Elapsed.TotalSeconds:0.0} s");
    }
}
