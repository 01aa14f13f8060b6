using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Search;

namespace SpladeLucene.Impacts;

/// <summary>The postings of one query term in one segment, with the term's integer weight.</summary>
internal readonly record struct WeightedPostings(QuantizedTerm Term, ImpactPostings Postings)
{
    /// <summary>Opens the postings of every query term that the segment has.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="query">The query.</param>
    /// <param name="acceptDocs">The documents to be seen; null for all.</param>
    /// <exception cref="InvalidOperationException">The field was indexed without frequencies.</exception>
    public static WeightedPostings[] Open(AtomicReader reader, SpladeQuery query, IBits? acceptDocs)
    {
        Terms? terms = reader.GetTerms(query.Field);
        if (terms is null || query.Quantized.Terms.IsEmpty) return [];
        if (!terms.HasFreqs)
        {
            throw new InvalidOperationException(
                $"The field '{query.Field}' is indexed without term frequencies, so it holds no impacts.");
        }

        var opened = new List<WeightedPostings>(query.Quantized.Terms.Length);
        TermsEnum found = terms.GetEnumerator();
        foreach (QuantizedTerm term in query.Quantized.Terms)
        {
            if (!found.SeekExact(new BytesRef(term.Term))) continue;
            opened.Add(new WeightedPostings(term, Open(found, terms.HasPayloads, query.Field, acceptDocs)));
        }

        return [.. opened];
    }

    private static ImpactPostings Open(TermsEnum term, bool hasPayloads, string field, IBits? acceptDocs) =>
        hasPayloads && term.DocsAndPositions(acceptDocs, reuse: null, DocsAndPositionsFlags.PAYLOADS) is { } positions
            ? new PayloadPostings(positions, field)
            : new FrequencyPostings(term.Docs(acceptDocs, reuse: null, DocsFlags.FREQS));
}
