using SpladeLucene.Reindexing;

namespace SpladeLucene.Endurance.CatchingUp;

/// <summary>Looks now and then at what a run takes on the disk: the working folder, and what the target grows by.</summary>
internal sealed class WatchedSpace : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly ReindexPlan _plan;
    private readonly long _before;
    private readonly Timer _timer;
    private readonly object _gate = new();
    private long _most;

    public WatchedSpace(ReindexPlan plan)
    {
        _plan = plan;
        _before = In(plan.Target);
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, Interval);
    }

    /// <summary>The most bytes that were seen.</summary>
    public long Most()
    {
        lock (_gate) return _most;
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Bytes of a folder's files; 0 where there is none.</summary>
    public static long In(string folder)
    {
        try
        {
            return System.IO.Directory.Exists(folder)
                ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0) : 0;
        }
        catch (IOException)
        {
            // A file went away meanwhile; the next look sees them all.
            return 0;
        }
    }

    private void Look()
    {
        if (!Monitor.TryEnter(_gate)) return;
        try
        {
            // Where the target is new, the working folder becomes it.
            long grown = _before > 0 ? Math.Max(0, In(_plan.Target) - _before) : 0;
            _most = Math.Max(_most, In(_plan.WorkingFolder) + grown);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }
}
