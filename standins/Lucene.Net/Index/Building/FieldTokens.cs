using System.Text;

namespace Lucene.Net.Index;

// The tokens of one field of one document, in their order.
internal sealed class FieldTokens
{
    private readonly Dictionary<byte[], int> _termIds = new(ByteOrder.Instance);
    private readonly List<byte[]> _terms = [];
    private readonly List<Token> _tokens = [];
    private readonly List<byte> _payloads = [];
    private byte[] _encoded = new byte[64];
    private int _lastTerm = -1;

    internal int Count => _tokens.Count;

    internal bool HasPayloads => _payloads.Count > 0;

    internal void Add(ReadOnlySpan<char> term, int position, int startOffset, int endOffset, ReadOnlySpan<byte> payload)
    {
        _tokens.Add(new Token(TermId(Encode(term)), position, startOffset, endOffset, payload.Length));
        _payloads.AddRange(payload);
    }

    // How long the term is in the index.
    internal static int LengthOf(ReadOnlySpan<char> term) => Encoding.UTF8.GetByteCount(term);

    // Adds all tokens to the terms of a larger collection, as those of the given document.
    internal void AddTo(TermsBuilder target, int doc, Recorded recorded)
    {
        PostingsBuilder[] postings = [.. _terms.Select(target.Term)];
        ReadOnlySpan<byte> payloads = _payloads.ToArray();
        foreach (Token token in _tokens)
        {
            PostingsBuilder term = postings[token.Term];
            term.CountOccurrence(doc);
            if (recorded.HasFlag(Recorded.Positions))
            {
                term.AddPosition(token.Position, payloads[..token.PayloadLength]);
            }
            if (recorded.HasFlag(Recorded.Offsets))
            {
                term.AddOffsets(token.Start, token.End);
            }
            payloads = payloads[token.PayloadLength..];
        }
        target.CountDocuments(_tokens.Count > 0 ? 1 : 0);
    }

    private ReadOnlySpan<byte> Encode(ReadOnlySpan<char> term)
    {
        int most = Encoding.UTF8.GetMaxByteCount(term.Length);
        if (_encoded.Length < most)
        {
            _encoded = new byte[most];
        }
        return _encoded.AsSpan(0, Encoding.UTF8.GetBytes(term, _encoded));
    }

    // Tokens often repeat the one before them.
    private int TermId(ReadOnlySpan<byte> term)
    {
        if (_lastTerm >= 0 && term.SequenceEqual(_terms[_lastTerm]))
        {
            return _lastTerm;
        }
        byte[] key = term.ToArray();
        if (!_termIds.TryGetValue(key, out _lastTerm))
        {
            _lastTerm = _terms.Count;
            _terms.Add(key);
            _termIds.Add(key, _lastTerm);
        }
        return _lastTerm;
    }

    private readonly record struct Token(int Term, int Position, int Start, int End, int PayloadLength);
}
