using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.Support;

/// <summary>Tokens with whatever payload, or none.</summary>
internal sealed class PayloadTokens : TokenStream
{
    private readonly IEnumerator<(string Term, byte[]? Payload)> _tokens;
    private readonly ICharTermAttribute _term;
    private readonly IPayloadAttribute _payload;

    public PayloadTokens(params (string Term, byte[]? Payload)[] tokens)
    {
        _tokens = tokens.AsEnumerable().GetEnumerator();
        _term = AddAttribute<ICharTermAttribute>();
        _payload = AddAttribute<IPayloadAttribute>();
    }

    public override bool IncrementToken()
    {
        ClearAttributes();
        if (!_tokens.MoveNext()) return false;
        _term.Append(_tokens.Current.Term);
        _payload.Payload = _tokens.Current.Payload is { } bytes ? new BytesRef(bytes) : null;
        return true;
    }
}
