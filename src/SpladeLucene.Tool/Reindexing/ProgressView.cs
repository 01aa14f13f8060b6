using Spectre.Console;
using SpladeLucene.Reindexing;
using SpladeLucene.Tool.Progress;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>A bar on a terminal; elsewhere a line every few seconds and at each new phase. Thread-safe.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="pause">The shortest time between two lines of one phase; null for 5 seconds.</param>
internal sealed class ProgressView(IAnsiConsole console, TimeSpan? pause = null) : IProgress<ReindexProgress>
{
    private readonly Lock _lock = new();
    private readonly Pace _pace = new(pause ?? TimeSpan.FromSeconds(5));
    private readonly List<(ReindexPhase Phase, TimeSpan Began)> _phases = [];
    private ProgressBar? _bar;

    /// <summary>What was reported last.</summary>
    public ReindexProgress Last { get; private set; }

    public void Report(ReindexProgress value)
    {
        lock (_lock)
        {
            Last = value;
            if (_phases.Count == 0 || _phases[^1].Phase != value.Phase) _phases.Add((value.Phase, value.Elapsed));
            bool merges = value.Phase is ReindexPhase.Merging or ReindexPhase.Publishing;
            Show(value.Phase, value.ToString(), merges ? value.Merged : value.Documents, value.Total);
        }
    }

    /// <summary>Shows what is done before a plan is there.</summary>
    public void Show(string text)
    {
        lock (_lock)
        {
            if (console.Profile.Capabilities.Interactive) Show(null, text, 0, 0);
            else console.WriteLine(text);
        }
    }

    /// <summary>Shows how far the planning has come.</summary>
    public void Show(string text, SpladeProgress progress)
    {
        lock (_lock) Show(null, $"{text}: {progress}", progress.Done, progress.Total ?? progress.Done);
    }

    /// <summary>Shows how far something else has come.</summary>
    public void Show(string text, long done, long total)
    {
        lock (_lock) Show(null, text, done, total);
    }

    /// <summary>Takes the bar away, so that lines can be written.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _bar?.Dispose();
            _bar = null;
        }
    }

    /// <summary>How long each phase took, in their order.</summary>
    /// <param name="whole">The time of all together.</param>
    public IReadOnlyList<(ReindexPhase Phase, TimeSpan Took)> PhaseTimes(TimeSpan whole)
    {
        lock (_lock)
        {
            return [.. _phases.Select((one, i) =>
                (one.Phase, (i + 1 < _phases.Count ? _phases[i + 1].Began : whole) - one.Began))];
        }
    }

    private void Show(ReindexPhase? phase, string text, long done, long total)
    {
        if (console.Profile.Capabilities.Interactive) (_bar ??= new ProgressBar(console, text)).Show(text, done, total);
        else if (_pace.IsDue(phase)) console.WriteLine(text);
    }
}
