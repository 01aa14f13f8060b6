using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace SpladeLucene.Tool.Progress;

/// <summary>
/// Says how far a piece of work is, at what rate, and what time is left: a bar on a terminal, a line now and then elsewhere.
/// Not thread-safe.
/// </summary>
/// <param name="console">Where it is shown.</param>
/// <param name="what">What is done.</param>
/// <param name="total">How much there is to do; null where that isn't known.</param>
/// <param name="pause">The shortest time between two lines; null for a half second on a terminal, 5 seconds elsewhere.</param>
internal sealed class WorkProgress(IAnsiConsole console, string what, long? total, TimeSpan? pause = null) : IProgress<SpladeProgress>, IDisposable
{
    private readonly bool _interactive = console.Profile.Capabilities.Interactive;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private TimeSpan _next;
    private ProgressBar? _bar;
    private long _done;

    /// <summary>Says how much is done by now.</summary>
    public void Report(long done)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_begun);
        _done = done;
        if (elapsed < _next) return;
        bool first = _next == default;
        _next = elapsed + (pause ?? (_interactive ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(5)));
        if (!first) Show($"{what}: {new SpladeProgress(done, total, elapsed)}", done);
    }

    void IProgress<SpladeProgress>.Report(SpladeProgress value) => Report(value.Done);

    /// <summary>Takes the bar away and says how much was done and how fast.</summary>
    public void Finish()
    {
        Dispose();
        var all = new SpladeProgress(_done, null, Stopwatch.GetElapsedTime(_begun));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {all} in {all.Elapsed.TotalSeconds:0.0} s"));
    }

    /// <summary>Takes the bar away, so that something else can be written there.</summary>
    public void Dispose()
    {
        _bar?.Dispose();
        _bar = null;
    }

    private void Show(string line, long done)
    {
        if (_interactive) (_bar ??= new ProgressBar(console, line)).Show(line, done, total ?? done);
        else console.WriteLine(line);
    }
}
