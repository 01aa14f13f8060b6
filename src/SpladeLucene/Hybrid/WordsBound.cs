using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace SpladeLucene.Hybrid;

/// <summary>
/// What a query in words scores at most by BM25: a document that every term stands in, endlessly often, gets idf × (k1 + 1)
/// from each. A term that no document has counts too, for it is asked for all the same.
/// </summary>
internal sealed class WordsBound
{
    private readonly IndexReader _reader;
    private readonly double _most;

    private WordsBound(IndexReader reader, BM25Similarity similarity) =>
        (_reader, _most) = (reader, similarity.K1 + 1);

    /// <param name="reader">The index.</param>
    /// <param name="rewritten">The query, as it is searched with.</param>
    /// <param name="similarity">Scores it.</param>
    /// <returns>Null where it can't be told: another similarity, or a query that says no terms.</returns>
    public static double? Of(IndexReader reader, Query rewritten, Similarity similarity) =>
        similarity is BM25Similarity bm25 && new WordsBound(reader, bm25).Of(rewritten) is > 0 and var bound ? bound : null;

    private double? Of(Query query) => query switch
    {
        ConstantScoreQuery => query.Boost,
        FilteredQuery filtered => Of(filtered.Query) * query.Boost,
        BooleanQuery any => Sum(any.Clauses.Where(clause => !clause.IsProhibited).Select(clause => Of(clause.Query))) * query.Boost,
        DisjunctionMaxQuery best => Sum(best.Select(Of)) * query.Boost,
        _ => OfTerms(query) * query.Boost,
    };

    // Null, once one of them is.
    private static double? Sum(IEnumerable<double?> parts) => parts.Aggregate((double?)0, (sum, part) => sum + part);

    private double? OfTerms(Query query)
    {
        var terms = new HashSet<Term>();
        try
        {
            query.ExtractTerms(terms);
        }
        catch (NotSupportedException)
        {
            return null;
        }

        return terms.Count == 0 ? null : terms.Sum(term => Idf(_reader.DocFreq(term)) * _most);
    }

    private double Idf(int documents) => Math.Log(1 + ((_reader.MaxDoc - documents + 0.5) / (documents + 0.5)));
}
