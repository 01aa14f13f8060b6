using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Lucene.Net.Index;

// Runs the token stream of one value of a field and notes its tokens. The values of a field follow each other.
internal sealed class FieldInverter(InvertedField target, Analyzer analyzer)
{
    private readonly FieldInvertState _state = target.State;
    private bool _checksOffsets;
    private int _lastStartOffset;

    internal void Invert(IIndexableField value, IIndexableFieldType type, bool isFirst)
    {
        Note(value, type);
        if (!isFirst && type.IsTokenized)
        {
            _state.Position += analyzer.GetPositionIncrementGap(target.Name);
        }
        TokenStream stream = value.GetTokenStream(analyzer)
            ?? throw new ArgumentException($"Field {target.Name} is indexed and gives no tokens.");
        stream.Reset();
        try
        {
            AddTokens(stream);
        }
        finally
        {
            stream.Dispose();
        }
        if (type.IsTokenized)
        {
            _state.Offset += analyzer.GetOffsetGap(target.Name);
        }
        _state.Boost *= value.Boost;
    }

    private void Note(IIndexableField value, IIndexableFieldType type)
    {
        if (type.OmitNorms && value.Boost != 1f)
        {
            throw Refusals.Unsupported($"Field {target.Name} has no norms and so no boost.");
        }
        _checksOffsets = type.IndexOptions.HasOffsets();
        target.Options = target.Options < type.IndexOptions ? target.Options : type.IndexOptions;
        target.OmitNorms |= type.OmitNorms;
        if (type.StoreTermVectors)
        {
            target.VectorContent = (target.VectorContent ?? 0) | type.RecordedInVectors();
        }
    }

    private void AddTokens(TokenStream stream)
    {
        var term = stream.AddAttribute<ICharTermAttribute>();
        var offset = stream.AddAttribute<IOffsetAttribute>();
        var increment = stream.AddAttribute<IPositionIncrementAttribute>();
        IPayloadAttribute? payload = null;
        while (stream.IncrementToken())
        {
            payload ??= stream.HasAttribute<IPayloadAttribute>() ? stream.GetAttribute<IPayloadAttribute>() : null;
            MovePosition(increment.PositionIncrement);
            AddToken(term.Buffer.AsSpan(0, term.Length), offset, payload?.Payload);
            _state.Length++;
            _state.Position++;
        }
        stream.End();
        _state.Position += increment.PositionIncrement;
        _state.Offset += offset.EndOffset;
    }

    // Leaves the position on the token.
    private void MovePosition(int increment)
    {
        if (_state.Position == 0 && increment == 0)
        {
            throw new ArgumentException($"The first position increment of field {target.Name} is zero.");
        }
        int next = _state.Position + increment;
        if (next < 0)
        {
            throw new ArgumentException($"The positions of field {target.Name} overflow.");
        }
        _state.Position = Math.Max(next - 1, 0);
        _state.NumOverlap += increment == 0 ? 1 : 0;
    }

    private void AddToken(ReadOnlySpan<char> term, IOffsetAttribute offset, BytesRef? payload)
    {
        int start = _state.Offset + offset.StartOffset;
        int end = _state.Offset + offset.EndOffset;
        CheckOffsets(start, end);
        int length = FieldTokens.LengthOf(term);
        if (length > IndexWriter.MAX_TERM_LENGTH)
        {
            throw new ArgumentException(
                $"Field {target.Name} has an immense term of {length} bytes, starting '{term[..30]}'; "
                + $"the limit is {IndexWriter.MAX_TERM_LENGTH}.");
        }
        target.Tokens.Add(term, _state.Position, start, end, payload is null ? [] : payload.Span);
    }

    private void CheckOffsets(int start, int end)
    {
        if (!_checksOffsets)
        {
            return;
        }
        if (start < 0 || end < start)
        {
            throw new ArgumentException($"Field {target.Name} has a token at offsets {start} to {end}.");
        }
        if (start < _lastStartOffset)
        {
            throw new ArgumentException(
                $"The offsets of field {target.Name} go backwards, from {_lastStartOffset} to {start}.");
        }
        _lastStartOffset = start;
    }
}
