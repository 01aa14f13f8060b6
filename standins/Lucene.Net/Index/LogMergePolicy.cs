namespace Lucene.Net.Index;

// Merges ten neighbours of the same level; a level holds the segments within a factor of ten in size.
public abstract class LogMergePolicy : MergePolicy
{
    private protected LogMergePolicy()
    {
    }

    internal override MergeRun? Next(IReadOnlyList<SegmentSize> segments) => LevelMerging.Next(segments);

    internal override MergeRun? NextForced(IReadOnlyList<SegmentSize> segments, int maxSegments) =>
        LevelMerging.NextForced(segments, maxSegments);

    internal override bool HasTooManyDeletions(SegmentSize segment) => segment.LiveDocs < segment.MaxDoc;
}

public class LogDocMergePolicy : LogMergePolicy;
