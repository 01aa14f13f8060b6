using Lucene.Net.Util;
using SpladeLucene.Impacts;

namespace SpladeLucene.Postings;

/// <summary>A query term as the index spells it: UTF-8 with its hash, computed once for all segments.</summary>
internal readonly struct QueryTerm
{
    public QueryTerm(QuantizedTerm term)
    {
        Bytes = new BytesRef(term.Term);
        Hash = TermTable.HashOf(Bytes.Bytes.AsSpan(Bytes.Offset, Bytes.Length));
        Term = term;
    }

    public BytesRef Bytes { get; }

    public uint Hash { get; }

    public QuantizedTerm Term { get; }

    public ReadOnlySpan<byte> Utf8 => Bytes.Bytes.AsSpan(Bytes.Offset, Bytes.Length);

    public static QueryTerm[] Of(ReadOnlySpan<QuantizedTerm> terms)
    {
        var encoded = new QueryTerm[terms.Length];
        for (int i = 0; i < terms.Length; i++) encoded[i] = new QueryTerm(terms[i]);
        return encoded;
    }
}
