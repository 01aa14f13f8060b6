namespace Lucene.Net.Index;

// Selects as LogMergePolicy does; the published policy also merges segments that are no neighbours.
public class TieredMergePolicy : MergePolicy
{
    private double _forceMergeDeletesPctAllowed = 10;

    public virtual double ForceMergeDeletesPctAllowed
    {
        get => _forceMergeDeletesPctAllowed;
        set
        {
            if (value is < 0 or > 100)
            {
                throw new ArgumentOutOfRangeException(nameof(value), $"{value} is no percentage.");
            }
            _forceMergeDeletesPctAllowed = value;
        }
    }

    internal override MergeRun? Next(IReadOnlyList<SegmentSize> segments) => LevelMerging.Next(segments);

    internal override MergeRun? NextForced(IReadOnlyList<SegmentSize> segments, int maxSegments) =>
        LevelMerging.NextForced(segments, maxSegments);

    internal override bool HasTooManyDeletions(SegmentSize segment) =>
        segment.DeletedPercent > _forceMergeDeletesPctAllowed;
}
