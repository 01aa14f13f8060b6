using Lucene.Net.Util;

namespace SpladeLucene.Postings;

/// <summary>A query term as the index spells it: UTF-8 with its hash, computed once for all segments.</summary>
internal readonly struct QueryTerm
{
    public QueryTerm(QuantizedTerm term)
    {
        Bytes = new BytesRef(term.Term);
        Hash = HashOf(Bytes.Bytes.AsSpan(Bytes.Offset, Bytes.Length));
        Term = term;
    }

    public BytesRef Bytes { get; }

    public uint Hash { get; }

    public QuantizedTerm Term { get; }

    public ReadOnlySpan<byte> Utf8 => Bytes.Bytes.AsSpan(Bytes.Offset, Bytes.Length);

    /// <summary>FNV-1a, 32 bits: <see href="https://www.rfc-editor.org/rfc/rfc9923">RFC 9923</see>.</summary>
    public static uint HashOf(ReadOnlySpan<byte> term)
    {
        uint hash = 2166136261;
        foreach (byte unit in term) hash = (hash ^ unit) * 16777619;
        return hash;
    }

    public static QueryTerm[] Of(ReadOnlySpan<QuantizedTerm> terms)
    {
        var encoded = new QueryTerm[terms.Length];
        for (int i = 0; i < terms.Length; i++) encoded[i] = new QueryTerm(terms[i]);
        return encoded;
    }
}
