namespace Lucene.Net.Index;

// Leaves all segments as they are, whatever is asked for.
public sealed class NoMergePolicy : MergePolicy
{
    public static readonly MergePolicy COMPOUND_FILES = new NoMergePolicy();

    // A segment is one file here either way.
    public static readonly MergePolicy NO_COMPOUND_FILES = new NoMergePolicy();

    private NoMergePolicy()
    {
    }

    internal override MergeRun? Next(IReadOnlyList<SegmentSize> segments) => null;

    internal override MergeRun? NextForced(IReadOnlyList<SegmentSize> segments, int maxSegments) => null;

    internal override bool HasTooManyDeletions(SegmentSize segment) => false;
}
