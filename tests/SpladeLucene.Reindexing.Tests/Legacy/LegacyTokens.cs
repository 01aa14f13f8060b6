using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Gives out tokens that were made before; the list may be changed until then.</summary>
internal sealed class LegacyTokens : TokenStream
{
    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;
    private readonly IOffsetAttribute _offset;
    private readonly IPayloadAttribute _payload;
    private int _next;

    public LegacyTokens(List<LegacyToken> tokens)
    {
        Tokens = tokens;
        _term = AddAttribute<ICharTermAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
        _offset = AddAttribute<IOffsetAttribute>();
        _payload = AddAttribute<IPayloadAttribute>();
    }

    public List<LegacyToken> Tokens { get; }

    public override bool IncrementToken()
    {
        if (_next == Tokens.Count) return false;
        LegacyToken token = Tokens[_next++];
        ClearAttributes();
        _term.Append(token.Term);
        _increment.PositionIncrement = token.Increment;
        _offset.SetOffset(token.Start, token.End);
        _payload.Payload = token.Payload;
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _next = 0;
    }
}
