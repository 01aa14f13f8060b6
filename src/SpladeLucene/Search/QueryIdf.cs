using Lucene.Net.Index;

namespace SpladeLucene.Search;

/// <summary>Makes a query's terms lighter that are frequent in the index; see <see cref="SpladeQueryOptions.IdfExponent"/>.
/// </summary>
internal static class QueryIdf
{
    // A term of three in four documents is frequent by chance as often as not.
    private const int FewestDocuments = 100;

    public static SparseVector Weigh(SparseVector query, IndexReader reader, string field, float exponent)
    {
        int documents = DocumentsOf(reader, field);
        if (exponent == 0 || documents < FewestDocuments || query.Count == 0) return query;
        double[] weights = [.. query.Select(
            term => term.Weight * Math.Pow(Idf(reader.DocFreq(new Term(field, term.Term)), documents), exponent))];
        // A score keeps its size, and with it its share in a sum with other scores.
        double scale = Length(query.Select(term => (double)term.Weight)) / Length(weights);
        return SparseVector.Create(query.Select((term, i) => term with { Weight = (float)(scale * weights[i]) }));
    }

    private static double Idf(int frequency, int documents) =>
        Math.Log(1 + (documents - frequency + 0.5) / (frequency + 0.5)) / Math.Log(1.0 + documents);

    // Codecs before Lucene 4 do not count a field's documents and say -1.
    private static int DocumentsOf(IndexReader reader, string field) =>
        reader.GetDocCount(field) is var counted and >= 0 ? counted : reader.MaxDoc;

    private static double Length(IEnumerable<double> weights) => Math.Sqrt(weights.Sum(weight => weight * weight));
}
