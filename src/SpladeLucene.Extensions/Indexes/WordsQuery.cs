using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Indexes;

/// <summary>The words of a text, in any of some fields.</summary>
internal static class WordsQuery
{
    /// <summary>The query; null for a text without a word. Of a very long text only the first words count, as many as a
    /// <see cref="BooleanQuery"/> takes.</summary>
    public static Query? Of(string text, IReadOnlyList<string> fields, Analyzer analyzer)
    {
        var query = new BooleanQuery(disableCoord: true);
        int most = Math.Max(1, BooleanQuery.MaxClauseCount / fields.Count);
        foreach (string field in fields)
        {
            foreach (string word in Words(field, text, analyzer).Distinct(StringComparer.Ordinal).Take(most))
                query.Add(new TermQuery(new Term(field, word)), Occur.SHOULD);
        }

        return query.Clauses.Count == 0 ? null : query;
    }

    private static List<string> Words(string field, string text, Analyzer analyzer)
    {
        var words = new List<string>();
        using TokenStream tokens = analyzer.GetTokenStream(field, text);
        ICharTermAttribute word = tokens.AddAttribute<ICharTermAttribute>();
        tokens.Reset();
        while (tokens.IncrementToken()) words.Add(word.ToString());
        tokens.End();
        return words;
    }
}
