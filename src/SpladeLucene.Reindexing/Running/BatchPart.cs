using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Running;

/// <summary>The part of a batch that is of one segment.</summary>
/// <param name="Segment">The segment's place in the source, from 0.</param>
internal sealed record BatchPart(int Segment)
{
    /// <summary>For each document, deleted ones too, a text's hash for each mapping; default where there is no text.</summary>
    public List<TextHash> Hashes { get; } = [];

    /// <summary>The hash over all hashes of the segment, in the end of its last part.</summary>
    public byte[]? OrderHash { get; set; }
}
