using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace SpladeLucene.Hybrid;

/// <summary>
/// What a query in words scores by BM25 where a document covers it: idf × (k1 + 1) from each word, as if it stood there
/// endlessly often. A word that no document has counts too, for it is asked for all the same; one that is asked for in several
/// fields counts once, in the field where it weighs most.
/// </summary>
internal sealed class WordsBound
{
    private readonly WordsStatistics _index;
    private readonly double _most;
    private readonly Dictionary<string, Dictionary<string, double>> _words = new(StringComparer.Ordinal);
    private double _constant;

    private WordsBound(WordsStatistics index, BM25Similarity similarity) =>
        (_index, _most) = (index, similarity.K1 + 1);

    /// <param name="index">The whole index.</param>
    /// <param name="rewritten">The query, as it is searched with.</param>
    /// <param name="similarity">Scores it.</param>
    /// <returns>Null where it can't be told: another similarity, or a query that says no terms.</returns>
    public static double? Of(WordsStatistics index, Query rewritten, Similarity similarity)
    {
        if (similarity is not BM25Similarity bm25) return null;
        var bound = new WordsBound(index, bm25);
        if (!bound.Add(rewritten, 1)) return null;
        double sum = bound._constant + bound._words.Values.Sum(fields => fields.Values.Max());
        return sum > 0 ? sum : null;
    }

    /// <returns>Whether all of it can be told.</returns>
    private bool Add(Query query, double boost)
    {
        boost *= query.Boost;
        switch (query)
        {
            case ConstantScoreQuery:
                _constant += boost;
                return true;
            case FilteredQuery filtered:
                return Add(filtered.Query, boost);
            case BooleanQuery any:
                return any.Clauses.Where(clause => !clause.IsProhibited).All(clause => Add(clause.Query, boost));
            case DisjunctionMaxQuery best:
                return best.All(each => Add(each, boost));
            case SpladeQuery:
                return false;
            default:
                return AddTerms(query, boost);
        }
    }

    private bool AddTerms(Query query, double boost)
    {
        var terms = new HashSet<Term>();
        try
        {
            query.ExtractTerms(terms);
        }
        catch (NotSupportedException)
        {
            return false;
        }

        foreach (Term term in terms)
        {
            if (!_words.TryGetValue(term.Text, out Dictionary<string, double>? fields))
                _words.Add(term.Text, fields = new Dictionary<string, double>(StringComparer.Ordinal));
            fields[term.Field] = fields.GetValueOrDefault(term.Field) + (boost * _most * Idf(_index.FrequencyOf(term)));
        }

        return terms.Count > 0;
    }

    private double Idf(long documents) => Math.Log(1 + ((_index.Documents - documents + 0.5) / (documents + 0.5)));
}
