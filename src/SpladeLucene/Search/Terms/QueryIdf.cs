using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Search.Terms;

/// <summary>Makes a query's terms lighter that are frequent in the index; see <see cref="SpladeQueryOptions.IdfExponent"/>.
/// </summary>
internal static class QueryIdf
{
    // A term of three in four documents is frequent by chance as often as not.
    private const int FewestDocuments = 100;

    public static SparseVector Weigh(SparseVector query, IndexReader reader, string field, float exponent)
    {
        if (exponent == 0 || query.Count == 0) return query;
        int documents = DocumentsOf(reader, field);
        return documents < FewestDocuments
            ? query
            : Weigh(query, FrequenciesOf(query, reader, field), documents, exponent);
    }

    /// <summary>The same with frequencies that are added up elsewhere, one for each term.</summary>
    public static SparseVector Weigh(SparseVector query, long[] frequencies, long documents, float exponent)
    {
        if (exponent == 0 || query.Count == 0 || documents < FewestDocuments) return query;
        double[] weights = [.. query.Select(
            (term, i) => term.Weight * Math.Pow(Idf(frequencies[i], documents), exponent))];
        // A score keeps its size, and with it its share in a sum with other scores.
        double scale = Length(query.Select(term => (double)term.Weight)) / Length(weights);
        return SparseVector.Create(query.Select((term, i) => term with { Weight = (float)(scale * weights[i]) }));
    }

    private static double Idf(long frequency, long documents) =>
        Math.Log(1 + (documents - frequency + 0.5) / (frequency + 0.5)) / Math.Log(1.0 + documents);

    // One walk through each segment's terms, which the query has in order, takes less than half the time of DocFreq(Term).
    private static long[] FrequenciesOf(SparseVector query, IndexReader reader, string field)
    {
        long[] frequencies = new long[query.Count];
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            if (leaf.AtomicReader.GetTerms(field) is not { } terms) continue;
            TermsEnum each = terms.GetEnumerator();
            for (int i = 0; i < frequencies.Length; i++)
            {
                if (each.SeekExact(new BytesRef(query[i].Term))) frequencies[i] += each.DocFreq;
            }
        }

        return frequencies;
    }

    // Codecs before Lucene 4 do not count a field's documents and say -1.
    private static int DocumentsOf(IndexReader reader, string field) =>
        reader.GetDocCount(field) is var counted and >= 0 ? counted : reader.MaxDoc;

    private static double Length(IEnumerable<double> weights) => Math.Sqrt(weights.Sum(weight => weight * weight));
}
