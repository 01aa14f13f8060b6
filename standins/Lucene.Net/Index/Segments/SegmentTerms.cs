using Lucene.Net.Util;

namespace Lucene.Net.Index;

// The terms of a field in a segment, or of a field in one document's term vectors.
internal sealed class SegmentTerms : Terms
{
    private readonly Recorded _recorded;
    private readonly byte[][] _terms;
    private readonly TermPostings[] _postings;

    internal SegmentTerms(Recorded recorded, int docCount, byte[][] terms, TermPostings[] postings)
    {
        _recorded = recorded;
        _terms = terms;
        _postings = postings;
        DocCount = docCount;
        SumDocFreq = postings.Sum(p => (long)p.Docs.Length);
        SumTotalTermFreq = HasFreqs ? postings.Sum(p => p.TotalFreq) : -1;
    }

    public override IComparer<BytesRef> Comparer => BytesRef.UTF8SortedAsUnicodeComparer;

    public override long Count => _terms.Length;

    public override int DocCount { get; }

    public override long SumDocFreq { get; }

    public override long SumTotalTermFreq { get; }

    public override bool HasFreqs => _recorded.HasFlag(Recorded.Freqs);

    public override bool HasPositions => _recorded.HasFlag(Recorded.Positions);

    public override bool HasOffsets => _recorded.HasFlag(Recorded.Offsets);

    public override bool HasPayloads => _recorded.HasFlag(Recorded.Payloads);

    public override TermsEnum GetEnumerator() => new SegmentTermsEnum(this);

    internal byte[] Term(int ord) => _terms[ord];

    internal TermPostings Postings(int ord) => _postings[ord];

    // The number of the term, or the complement of the number that it would have.
    internal int Find(ReadOnlySpan<byte> term)
    {
        int low = 0;
        int high = _terms.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = _terms[middle].AsSpan().SequenceCompareTo(term);
            if (order == 0)
            {
                return middle;
            }
            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return ~low;
    }

    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write((byte)_recorded);
        writer.Write(DocCount);
        writer.Write(_terms.Length);
        for (int ord = 0; ord < _terms.Length; ord++)
        {
            writer.Write7BitEncodedInt(_terms[ord].Length);
            writer.Write(_terms[ord]);
            _postings[ord].WriteTo(writer);
        }
    }

    internal static SegmentTerms Read(BinaryReader reader)
    {
        var recorded = (Recorded)reader.ReadByte();
        int docCount = reader.ReadInt32();
        var terms = new byte[reader.ReadInt32()][];
        var postings = new TermPostings[terms.Length];
        for (int ord = 0; ord < terms.Length; ord++)
        {
            terms[ord] = reader.ReadBytes(reader.Read7BitEncodedInt());
            postings[ord] = TermPostings.Read(reader);
        }
        return new SegmentTerms(recorded, docCount, terms, postings);
    }
}
