namespace Lucene.Net.Index;

// Says which neighbours among the segments become one. Document order is kept: only neighbours are merged.
public abstract class MergePolicy
{
    private protected MergePolicy()
    {
    }

    // The run of segments to merge next, null if all is well.
    internal abstract MergeRun? Next(IReadOnlyList<SegmentSize> segments);

    internal abstract MergeRun? NextForced(IReadOnlyList<SegmentSize> segments, int maxSegments);

    // A segment that has too many deleted documents.
    internal abstract bool HasTooManyDeletions(SegmentSize segment);
}

internal readonly record struct MergeRun(int Start, int Count);

internal readonly record struct SegmentSize(int MaxDoc, int LiveDocs)
{
    internal double DeletedPercent => 100.0 * (MaxDoc - LiveDocs) / MaxDoc;
}
