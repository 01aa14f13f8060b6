namespace Lucene.Net.Index;

// Merges neighbours of the same level; a level holds the segments within a factor of ten in size.
public abstract class LogMergePolicy : MergePolicy
{
    private int _mergeFactor = LevelMerging.MergeFactor;

    private protected LogMergePolicy()
    {
    }

    // How many neighbours become one.
    public virtual int MergeFactor
    {
        get => _mergeFactor;
        set => _mergeFactor = value >= 2 ? value : throw new ArgumentException("At least two segments are merged.");
    }

    internal override MergeRun? Next(IReadOnlyList<SegmentSize> segments) => LevelMerging.Next(segments, MergeFactor);

    internal override MergeRun? NextForced(IReadOnlyList<SegmentSize> segments, int maxSegments) =>
        LevelMerging.NextForced(segments, maxSegments);

    internal override bool HasTooManyDeletions(SegmentSize segment) => segment.LiveDocs < segment.MaxDoc;
}

public class LogDocMergePolicy : LogMergePolicy;
