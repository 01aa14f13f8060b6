using System.Diagnostics;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>Lets progress through at each new phase, and else not more often than the pause says.</summary>
internal sealed class Pace(TimeSpan pause)
{
    private readonly Stopwatch _sinceLast = new();
    private UpgradePhase? _phase;

    public bool IsDue(UpgradeProgress progress)
    {
        if (_phase == progress.Phase && _sinceLast.Elapsed < pause) return false;
        _phase = progress.Phase;
        _sinceLast.Restart();
        return true;
    }
}
