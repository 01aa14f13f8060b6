using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene;

namespace SideBySide;

/// <summary>
/// A text as BM25 is asked for it: each word that the analyzer leaves once, counting as often as the text has it, which
/// scores as a clause for each time would and leaves room for longer texts.
/// </summary>
/// <param name="Query">Null where no word is left to search for.</param>
/// <param name="IsCut">Whether the text has more different words than a Lucene query may have clauses, and the later ones
/// are left out.</param>
internal sealed record WordsQuery(Query? Query, bool IsCut)
{
    public static WordsQuery Of(string text)
    {
        var words = new Dictionary<string, TermQuery>(StringComparer.Ordinal);
        var query = new BooleanQuery(disableCoord: true);
        bool cut = false;
        foreach ((string word, _) in Read(text))
        {
            if (words.TryGetValue(word, out TermQuery? known))
            {
                known.Boost++;
            }
            else if (words.Count < BooleanQuery.MaxClauseCount)
            {
                words[word] = new TermQuery(new Term(CollectionIndex.Body, word));
                query.Add(words[word], Occur.SHOULD);
            }
            else
            {
                cut = true;
            }
        }

        return new WordsQuery(words.Count == 0 ? null : query, cut);
    }

    /// <summary>The forms that the index has of a text's words, each with the place of the word itself.</summary>
    public static IEnumerable<(string Term, SourceSpan Word)> Read(string text)
    {
        using TokenStream tokens = CollectionIndex.Analyzer.GetTokenStream(CollectionIndex.Body, text);
        ICharTermAttribute term = tokens.GetAttribute<ICharTermAttribute>();
        IOffsetAttribute place = tokens.GetAttribute<IOffsetAttribute>();
        tokens.Reset();
        while (tokens.IncrementToken())
            yield return (term.ToString(), new SourceSpan(place.StartOffset, place.EndOffset));
        tokens.End();
    }
}
