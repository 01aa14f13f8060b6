using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Postings;

/// <summary>The postings of one query term in one segment, with the term's integer weight.</summary>
internal readonly record struct QueryPostings(QuantizedTerm Term, ImpactPostings Postings)
{
    /// <summary>Opens the postings of every query term that the segment has.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="field">The field.</param>
    /// <param name="query">The query's terms.</param>
    /// <param name="acceptDocs">The documents to be seen; null for all.</param>
    /// <exception cref="InvalidOperationException">The field was indexed without frequencies.</exception>
    public static QueryPostings[] Open(
        AtomicReader reader, string field, ReadOnlySpan<QueryTerm> query, IBits? acceptDocs)
    {
        ImpactReader? impacts = query.IsEmpty ? null : ImpactReader.Open(reader, field);
        if (impacts is null) return [];
        var opened = new List<QueryPostings>(query.Length);
        TermsEnum terms = impacts.Terms();
        foreach (QueryTerm term in query)
        {
            if (terms.SeekExact(term.Bytes))
                opened.Add(new QueryPostings(term.Term, impacts.Postings(terms, acceptDocs)));
        }

        return [.. opened];
    }
}
