using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene;

/// <summary>
/// A SPLADE query as a query over words, for highlighters that look for words in a text and know nothing of vectors. To
/// <c>Lucene.Net.Highlighter</c>'s <c>QueryScorer</c> a <see cref="SpladeQuery"/> is a query of an unknown kind without a word
/// in it; hand it this in its place. Where the field has offsets, <see cref="SpladeHighlighter"/> knows better.
/// </summary>
public static class SpladeWords
{
    /// <summary>The query's terms, expansions included, as the words of a field, each with its weight as boost.</summary>
    /// <param name="query">The query.</param>
    /// <param name="field">The field whose text is highlighted.</param>
    /// <param name="analyzer">That of the field, so that stems meet stems.</param>
    /// <param name="leastShare">Terms under this share, 0 to 1, of the heaviest weight are left out. Default: 0.3.</param>
    /// <returns>Empty where no term is a whole word. For highlighting, not for searching.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is under 0, over 1 or no number.</exception>
    public static BooleanQuery Of(SpladeQuery query, string field, Analyzer analyzer, double leastShare = 0.3)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(analyzer);
        if (leastShare is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(leastShare), leastShare, "A share lies between 0 and 1.");
        var words = new BooleanQuery();
        float least = (float)leastShare * (query.Vector.Count == 0 ? 0 : query.Vector.Max(term => term.Weight));
        IEnumerable<SparseTerm> whole = query.Vector.Top(BooleanQuery.MaxClauseCount)
            .Where(term => term.Weight >= least && term.Term.Any(char.IsLetterOrDigit)
                && !TermText.IsPartOfWord(term.Term));
        foreach (SparseTerm term in whole)
        {
            if (TokenOf(TermText.Readable(term.Term), field, analyzer) is { } token)
                words.Add(new TermQuery(new Term(field, token)) { Boost = term.Weight }, Occur.SHOULD);
        }

        return words;
    }

    // A term that the field's analyzer takes apart or drops is no word of the field.
    private static string? TokenOf(string term, string field, Analyzer analyzer)
    {
        using TokenStream stream = analyzer.GetTokenStream(field, term);
        ICharTermAttribute token = stream.AddAttribute<ICharTermAttribute>();
        stream.Reset();
        string? only = null;
        for (int count = 0; stream.IncrementToken(); count++) only = count == 0 ? token.ToString() : null;
        stream.End();
        return only;
    }
}
