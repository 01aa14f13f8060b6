using System.Diagnostics;
using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>Lets progress through at each new phase, and else not more often than the pause says. Planning is no phase, and
/// tells nothing before a pause.</summary>
internal sealed class Pace(TimeSpan pause)
{
    private readonly Stopwatch _sinceLast = new();
    private ReindexPhase? _phase;

    public bool IsDue(ReindexPhase? phase)
    {
        if (_phase == phase && _sinceLast.Elapsed < pause)
        {
            _sinceLast.Start();
            return false;
        }

        _phase = phase;
        _sinceLast.Restart();
        return true;
    }
}
