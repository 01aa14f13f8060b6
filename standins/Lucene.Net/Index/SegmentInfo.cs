using Lucene.Net.Codecs;

namespace Lucene.Net.Index;

// What a segment says of itself.
public sealed class SegmentInfo
{
    internal SegmentInfo()
    {
    }

    public string Version => "4.8";

    public Codec Codec => Codec.StandIn;
}

public class SegmentCommitInfo
{
    internal SegmentCommitInfo()
    {
    }

    public SegmentInfo Info { get; } = new();
}
