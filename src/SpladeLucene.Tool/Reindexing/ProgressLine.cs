using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>
/// On a terminal one line that is written over; elsewhere a line every few seconds and at each new phase. Thread-safe.
/// </summary>
/// <param name="writer">Where it is written.</param>
/// <param name="width">Columns of the terminal; null where there is none.</param>
/// <param name="pause">The shortest time between two lines of one phase; null for 0.1 and 5 seconds.</param>
internal sealed class ProgressLine(TextWriter writer, int? width, TimeSpan? pause = null) : IProgress<ReindexProgress>
{
    private const int BarCells = 20;

    private readonly object _lock = new();
    private readonly Pace _pace = new(pause ?? TimeSpan.FromSeconds(width is null ? 5 : 0.1));
    private readonly List<(ReindexPhase Phase, TimeSpan Began)> _phases = [];
    private bool _standing;

    /// <summary>What was reported last.</summary>
    public ReindexProgress Last { get; private set; }

    public void Report(ReindexProgress value)
    {
        lock (_lock)
        {
            Last = value;
            if (_phases.Count == 0 || _phases[^1].Phase != value.Phase) _phases.Add((value.Phase, value.Elapsed));
            if (_pace.IsDue(value.Phase)) Write(width is null ? value.ToString() : Bar(value) + value);
        }
    }

    /// <summary>Shows a line until the next; one of its own where there is no terminal.</summary>
    public void Show(string text)
    {
        lock (_lock) Write(text);
    }

    /// <summary>Shows how far the planning has come, as often as progress is shown.</summary>
    public void Show(string text, SpladeProgress progress)
    {
        lock (_lock)
        {
            if (_pace.IsDue(null)) Write($"{text}: {progress}");
        }
    }

    /// <summary>Takes the line away, so that others can be written.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_standing) writer.Write($"\r{"".PadRight(width!.Value - 1)}\r");
            _standing = false;
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

    private void Write(string text)
    {
        if (width is not { } columns)
        {
            writer.WriteLine(text);
            return;
        }

        // A line that fills the last column would go on to the next.
        string cut = text.Length < columns ? text : text[..(columns - 1)];
        writer.Write($"\r{cut.PadRight(columns - 1)}");
        _standing = true;
    }

    private static string Bar(ReindexProgress value)
    {
        long done = value.Phase is ReindexPhase.Merging or ReindexPhase.Publishing ? value.Merged : value.Documents;
        int full = value.Total == 0 ? BarCells : (int)(BarCells * done / value.Total);
        return $"[{new string('#', full)}{new string('.', BarCells - full)}] ";
    }
}
