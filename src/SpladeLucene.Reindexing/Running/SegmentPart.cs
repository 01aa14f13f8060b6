namespace SpladeLucene.Reindexing.Running;

/// <summary>Consecutive documents of one segment whose vectors are all in the log.</summary>
/// <param name="Segment">The segment's place in the source, from 0.</param>
/// <param name="Places">For each document and mapping, where its vector stands; 0 where it has none.</param>
/// <param name="OrderHash">The hash over all texts' hashes of the segment, with its last part; else null.</param>
internal sealed record SegmentPart(int Segment, long[] Places, byte[]? OrderHash);
