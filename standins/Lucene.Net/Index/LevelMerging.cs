namespace Lucene.Net.Index;

// Keeps the number of segments logarithmic in the number of documents.
internal static class LevelMerging
{
    internal const int MergeFactor = 10;
    private const int SmallestLevel = 1000;

    internal static MergeRun? Next(IReadOnlyList<SegmentSize> segments, int mergeFactor = MergeFactor)
    {
        int highest = segments.Select(Level).DefaultIfEmpty().Max();
        for (int level = 0; level <= highest; level++)
        {
            int run = 0;
            for (int i = 0; i < segments.Count; i++)
            {
                run = Level(segments[i]) <= level ? run + 1 : 0;
                if (run == mergeFactor)
                {
                    return new MergeRun(i - run + 1, run);
                }
            }
        }
        return null;
    }

    // The neighbours with the fewest documents, as many as are over the limit. A last segment loses its deletions.
    internal static MergeRun? NextForced(IReadOnlyList<SegmentSize> segments, int maxSegments)
    {
        int count = segments.Count - maxSegments + 1;
        if (count <= 1)
        {
            bool isLast = maxSegments == 1 && segments.Count == 1;
            return isLast && segments[0].LiveDocs < segments[0].MaxDoc ? new MergeRun(0, 1) : null;
        }
        IEnumerable<int> starts = Enumerable.Range(0, segments.Count - count + 1);
        return new MergeRun(starts.MinBy(start => segments.Skip(start).Take(count).Sum(s => (long)s.LiveDocs)), count);
    }

    private static int Level(SegmentSize segment) =>
        (int)Math.Log(Math.Max(segment.LiveDocs, SmallestLevel), MergeFactor);
}
