using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace SpladeLucene.Tool.Searching;

/// <summary>The words of a text as fields of words are asked for them, over the standard analyzer.</summary>
internal static class WordsQuery
{
    /// <summary>The query; null where the text has no word. Each word counts as often as it is said; of a very long text the
    /// first count, as many as a query takes.</summary>
    public static BooleanQuery? Of(IReadOnlyList<string> fields, string text)
    {
        using var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        var any = new BooleanQuery();
        foreach (string field in fields)
        {
            var words = new BooleanQuery();
            foreach (string word in Words(analyzer, field, text).Take(BooleanQuery.MaxClauseCount)) words.Add(new TermQuery(new Term(field, word)), Occur.SHOULD);
            if (words.Clauses.Count > 0) any.Add(words, Occur.SHOULD);
        }

        return any.Clauses.Count == 0 ? null : any;
    }

    private static List<string> Words(Analyzer analyzer, string field, string text)
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
