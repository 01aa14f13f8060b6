using System.Diagnostics;

namespace SpladeLucene.Reindexing.Planning;

/// <summary>Counts the documents that are read, and tells of them now and then.</summary>
internal sealed class ReadingProgress(IProgress<SpladeProgress>? progress, long total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _told = -Interval;
    private long _done;

    public void Count()
    {
        _done++;
        if (progress is null) return;
        TimeSpan now = _clock.Elapsed;
        if (now - _told < Interval && _done < total) return;
        _told = now;
        progress.Report(new SpladeProgress(_done, total, now));
    }
}
