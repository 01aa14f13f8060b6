using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace SpladeLucene.Indexing;

/// <summary>Writes one list of tokens into a token stream's attributes. Owned by one stream, so by one thread.</summary>
internal sealed class ImpactTokenWriter(AttributeSource stream)
{
    // Lucene copies a payload's bytes when it indexes them, so all streams can share these.
    private static readonly BytesRef[] Payloads =
        [.. Enumerable.Range(0, ImpactQuantizer.MaxImpact + 1).Select(impact => new BytesRef([(byte)impact]))];

    private readonly AttributeSource _stream = stream;
    private readonly ICharTermAttribute _term = stream.AddAttribute<ICharTermAttribute>();
    private readonly IOffsetAttribute _offset = stream.AddAttribute<IOffsetAttribute>();
    private readonly IPositionIncrementAttribute _position = stream.AddAttribute<IPositionIncrementAttribute>();
    private readonly IPayloadAttribute _payload = stream.AddAttribute<IPayloadAttribute>();

    private ImpactToken[] _tokens = [];
    private int _next;
    private int _repeated;

    public void Start(ImpactToken[] tokens) => (_tokens, _next, _repeated) = (tokens, 0, 0);

    /// <summary>Writes the next token; false at the end. All tokens share one position.</summary>
    public bool Write()
    {
        if (_next == _tokens.Length) return false;
        bool first = _next == 0 && _repeated == 0;
        ImpactToken token = _tokens[_next];
        _stream.ClearAttributes();
        _term.SetEmpty().Append(token.Term);
        _offset.SetOffset(token.Span.Start, token.Span.End);
        // Positions say nothing here; one for all costs the least space.
        _position.PositionIncrement = first ? 1 : 0;
        _payload.Payload = token.Impact == 0 ? null : Payloads[token.Impact];
        if (++_repeated == token.Repeats) (_next, _repeated) = (_next + 1, 0);
        return true;
    }

    /// <summary>Leaves the attributes as Lucene wants them after the last token.</summary>
    /// <param name="textLength">UTF-16 units of the whole text; the next value's offsets start after them.</param>
    public void Finish(int textLength) => _offset.SetOffset(textLength, textLength);
}
