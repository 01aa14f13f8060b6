namespace Lucene.Net.Index;

// Gathers the occurrences of one term, document by document in ascending order.
internal sealed class PostingsBuilder
{
    private IntList _docs;
    private IntList _freqs;
    private IntList _positions;
    private IntList _offsets;
    private IntList _payloadEnds;
    private byte[] _payloads = [];
    private int _payloadLength;
    private bool _freqsDiffer;

    internal int DocCount => _docs.Count;

    internal void AddDocument(int doc, int freq)
    {
        _docs.Add(doc);
        _freqs.Add(freq);
        _freqsDiffer |= freq != 1;
    }

    // One more occurrence in the document.
    internal void CountOccurrence(int doc)
    {
        if (_docs.Count == 0 || _docs.Last != doc)
        {
            AddDocument(doc, 1);
        }
        else
        {
            _freqs.IncrementLast();
            _freqsDiffer = true;
        }
    }

    internal void AddOffsets(int start, int end)
    {
        _offsets.Add(start);
        _offsets.Add(end);
    }

    internal void AddPosition(int position, ReadOnlySpan<byte> payload)
    {
        _positions.Add(position);
        if (payload.Length > 0)
        {
            FillPayloadEnds(_positions.Count - 1);
            AppendPayload(payload);
            _payloadEnds.Add(_payloadLength);
        }
    }

    internal TermPostings Build(Recorded recorded) => new()
    {
        Docs = _docs.ToArray(),
        Freqs = recorded.HasFlag(Recorded.Freqs) && _freqsDiffer ? _freqs.ToArray() : null,
        Positions = recorded.HasFlag(Recorded.Positions) ? _positions.ToArray() : null,
        Offsets = recorded.HasFlag(Recorded.Offsets) ? _offsets.ToArray() : null,
        Payloads = recorded.HasFlag(Recorded.Payloads) && _payloadLength > 0 ? BuildPayloads() : null,
    };

    private PayloadList BuildPayloads()
    {
        FillPayloadEnds(_positions.Count);
        return new PayloadList(_payloads.AsSpan(0, _payloadLength).ToArray(), _payloadEnds.ToArray());
    }

    // The occurrences without a payload end where the payloads before them end.
    private void FillPayloadEnds(int count)
    {
        while (_payloadEnds.Count < count)
        {
            _payloadEnds.Add(_payloadLength);
        }
    }

    private void AppendPayload(ReadOnlySpan<byte> payload)
    {
        int length = _payloadLength + payload.Length;
        if (length > _payloads.Length)
        {
            Array.Resize(ref _payloads, Math.Max(length, 2 * _payloads.Length));
        }
        payload.CopyTo(_payloads.AsSpan(_payloadLength));
        _payloadLength = length;
    }
}
