using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace SpladeLucene.Hybrid;

/// <summary>
/// What a query in words scores by BM25 where a document covers it: idf × (k1 + 1) from each word, as if it stood there
/// endlessly often. A word that no document has counts too, for it is asked for all the same; one that is asked for in several
/// fields counts once, in the field where it weighs most. Of alternatives the one counts that could score most, and of the variants of
/// a fuzzy word the nearest: a rare misspelling could score more than the word itself.
/// </summary>
internal sealed class WordsBound
{
    private readonly IndexSearcher _index;
    private readonly BM25Similarity _similarity;
    private readonly Dictionary<string, Dictionary<string, double>> _words = new(StringComparer.Ordinal);
    private double _constant;

    private WordsBound(IndexSearcher index, BM25Similarity similarity) => (_index, _similarity) = (index, similarity);

    private double Sum => _constant + _words.Values.Sum(fields => fields.Values.Max());

    /// <param name="index">Searches it, and knows how many documents have a word.</param>
    /// <param name="query">The query as it was asked: what it is rewritten to no longer tells variants of one word from many words.
    /// Where it has fuzzy words, they are looked up once more.</param>
    /// <returns>Null where it can't be told: another similarity, or a query that says no terms.</returns>
    public static double? Of(IndexSearcher index, Query query)
    {
        if (index.Similarity is not BM25Similarity similarity) return null;
        var bound = new WordsBound(index, similarity);
        return bound.Add(query, 1) && bound.Sum is > 0 and var sum ? sum : null;
    }

    /// <returns>Whether all of it can be told.</returns>
    private bool Add(Query query, double outer)
    {
        double boost = outer * query.Boost;
        switch (query)
        {
            // It takes, and gives nothing.
            case { Boost: < 0 }:
                return true;
            case ConstantScoreQuery:
                _constant += boost;
                return true;
            case FilteredQuery filtered:
                return Add(filtered.Query, boost);
            case BooleanQuery any:
                return any.Clauses.Where(clause => !clause.IsProhibited).All(clause => Add(clause.Query, boost));
            case DisjunctionMaxQuery best:
                return AddBest(best, boost, best.TieBreakerMultiplier);
            case MultiTermQuery variants when variants.MultiTermRewriteMethod == MultiTermQuery.CONSTANT_SCORE_AUTO_REWRITE_DEFAULT:
                _constant += boost;
                return true;
            case MultiTermQuery variants when variants.Rewrite(_index.IndexReader) is BooleanQuery scored:
                return AddNearest(variants, scored, boost);
            case SpladeQuery:
                return false;
            default:
                // What is rewritten has the boost already.
                Query rewritten = query.Rewrite(_index.IndexReader);
                return ReferenceEquals(rewritten, query) ? AddTerms(query, boost) : Add(rewritten, outer);
        }
    }

    /// <summary>Adds the variant that is most alike; of several, the one that most documents have.</summary>
    private bool AddNearest(MultiTermQuery asked, BooleanQuery variants, double boost)
    {
        if (variants.Clauses.Count == 0)
        {
            // A word that no document has; or a constant, if it is found.
            _constant += asked.MultiTermRewriteMethod is MultiTermQuery.TopTermsBoostOnlyBooleanQueryRewrite
                ? boost : boost * Most(asked.Field, frequency: 0);
            return true;
        }

        float nearest = variants.Clauses.Max(clause => clause.Query.Boost);
        WordsBound? least = null;
        foreach (BooleanClause variant in variants.Clauses.Where(clause => clause.Query.Boost == nearest))
        {
            if (Alone(variant.Query, boost) is not { } bound) return false;
            if (least is null || bound.Sum < least.Sum) least = bound;
        }

        Add(least!, share: 1);
        return true;
    }

    private bool AddBest(IEnumerable<Query> alternatives, double boost, double tieBreaker)
    {
        List<WordsBound> bounds = [];
        foreach (Query alternative in alternatives)
        {
            if (Alone(alternative, boost) is not { } bound) return false;
            bounds.Add(bound);
        }

        WordsBound? best = bounds.MaxBy(bound => bound.Sum);
        foreach (WordsBound bound in bounds) Add(bound, ReferenceEquals(bound, best) ? 1 : tieBreaker);
        return true;
    }

    /// <summary>What one of several alternatives could score; null where it can't be told.</summary>
    private WordsBound? Alone(Query alternative, double boost)
    {
        var bound = new WordsBound(_index, _similarity);
        return bound.Add(alternative, boost) ? bound : null;
    }

    private void Add(WordsBound other, double share)
    {
        if (share == 0) return;
        _constant += share * other._constant;
        foreach ((string word, Dictionary<string, double> fields) in other._words)
        {
            foreach ((string field, double weight) in fields) Add(field, word, share * weight);
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
            TermStatistics found = _index.TermStatistics(term, TermContext.Build(_index.TopReaderContext, term));
            Add(term.Field, term.Text, boost * Most(term.Field, found.DocFreq));
        }

        return terms.Count > 0;
    }

    private void Add(string field, string word, double weight)
    {
        if (!_words.TryGetValue(word, out Dictionary<string, double>? fields))
            _words.Add(word, fields = new Dictionary<string, double>(StringComparer.Ordinal));
        fields[field] = fields.GetValueOrDefault(field) + weight;
    }

    private double Most(string field, long frequency)
    {
        long documents = _index.CollectionStatistics(field).MaxDoc;
        return (_similarity.K1 + 1) * Math.Log(1 + ((documents - frequency + 0.5) / (frequency + 0.5)));
    }
}
