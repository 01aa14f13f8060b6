using System.Diagnostics.CodeAnalysis;

namespace Lucene.Net.Index;

// Gathers the terms of one field, in any order.
internal sealed class TermsBuilder
{
    private readonly Dictionary<byte[], PostingsBuilder> _terms = new(ByteOrder.Instance);
    private int _docCount;

    // The documents that have a term in this field.
    internal void CountDocuments(int count) => _docCount += count;

    internal PostingsBuilder Term(byte[] term)
    {
        if (!_terms.TryGetValue(term, out PostingsBuilder? postings))
        {
            _terms.Add(term, postings = new PostingsBuilder());
        }
        return postings;
    }

    internal SegmentTerms Build(Recorded recorded)
    {
        byte[][] terms = [.. _terms.Keys];
        Array.Sort(terms, ByteOrder.Instance);
        TermPostings[] postings = Array.ConvertAll(terms, term => _terms[term].Build(recorded));
        return new SegmentTerms(recorded, _docCount, terms, postings);
    }
}

// Byte strings by their content, in the order of unsigned bytes.
internal sealed class ByteOrder : IEqualityComparer<byte[]>, IComparer<byte[]>
{
    internal static readonly ByteOrder Instance = new();

    public bool Equals(byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj)
    {
        var hash = new HashCode();
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }

    public int Compare(byte[] x, byte[] y) => x.AsSpan().SequenceCompareTo(y);
}
