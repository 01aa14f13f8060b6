namespace Lucene.Net.Codecs;

// How segments are written; there is one way.
public abstract class Codec
{
    internal static readonly Codec StandIn = new OnlyCodec();

    private protected Codec()
    {
    }

    public string Name => nameof(StandIn);

    private sealed class OnlyCodec : Codec;
}
