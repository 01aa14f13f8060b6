using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Search;

namespace SpladeLucene.Impacts;

/// <summary>The postings of one query term in one segment, with the term's integer weight.</summary>
internal readonly record struct WeightedPostings(QuantizedTerm Term, ImpactPostings Postings)
{
    /// <summary>Opens the postings of every query term that the segment has.</summary>
    public static WeightedPostings[] Open(AtomicReader reader, SpladeQuery query, IBits? acceptDocs) =>
        Open(reader, query.Field, EncodedTerm.Of(query.Quantized.Terms), acceptDocs);

    /// <summary>Opens the postings of every query term that the segment has.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="field">The field.</param>
    /// <param name="query">The query's terms.</param>
    /// <param name="acceptDocs">The documents to be seen; null for all.</param>
    /// <exception cref="InvalidOperationException">The field was indexed without frequencies.</exception>
    public static WeightedPostings[] Open(
        AtomicReader reader, string field, ReadOnlySpan<EncodedTerm> query, IBits? acceptDocs)
    {
        ImpactReader? impacts = query.IsEmpty ? null : ImpactReader.Open(reader, field);
        if (impacts is null) return [];
        var opened = new List<WeightedPostings>(query.Length);
        TermsEnum terms = impacts.Terms();
        foreach (EncodedTerm term in query)
        {
            if (terms.SeekExact(term.Bytes))
                opened.Add(new WeightedPostings(term.Term, impacts.Postings(terms, acceptDocs)));
        }

        return [.. opened];
    }
}
