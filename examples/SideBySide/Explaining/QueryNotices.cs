using Lucene.Net.Search;
using SpladeLucene;

namespace SideBySide;

/// <summary>What there is to know about a query before its hits are believed, in a sentence each.</summary>
internal static class QueryNotices
{
    private const int ShownGuesses = 3;

    /// <param name="text">The query.</param>
    /// <param name="query">What the model makes of it.</param>
    /// <param name="settings">With the model.</param>
    /// <param name="rankings">The index.</param>
    public static IReadOnlyList<string> Of(string text, SpladeQuery query, RankingSettings settings, Rankings rankings) =>
        [.. LeftOut(text, settings.Model), .. Emptied(text, query), .. InPieces(text, query, rankings)];

    private static IEnumerable<string> LeftOut(string text, SpladeModel model)
    {
        if (WordsQuery.Of(text).IsCut)
            yield return $"Words: only the first {BooleanQuery.MaxClauseCount} different words are searched for.";
        // A word is a token or more.
        int tokens = model.Encoder.Fingerprint.MaxTokens;
        if (text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > tokens)
            yield return $"Meaning: the model reads the first {tokens} tokens of a query, about as many words.";
    }

    private static IEnumerable<string> Emptied(string text, SpladeQuery query)
    {
        if (WordsQuery.Of(text).Query is null)
            yield return "Words: without signs and Lucene’s stop words (the, of, …) nothing of it is left to search for.";
        if (query.Vector.Count == 0) yield return "Meaning: the model gives nothing in it any weight.";
    }

    private static IEnumerable<string> InPieces(string text, SpladeQuery query, Rankings rankings)
    {
        ILookup<string, SparseTerm> byWord = query.Vector.OrderBy(term => term.Span?.Start)
            .Where(term => WordForms.WordOf(text, term.Span) is not null)
            .ToLookup(term => WordForms.WordOf(text, term.Span)!, StringComparer.OrdinalIgnoreCase);
        string[] words = [.. byWord.Where(word => word.Any(term => TermText.IsPartOfWord(term.Term) && WordForms.Says(text, term)))
            .Select(word => word.Key)];
        if (words.Length == 0) yield break;
        string[] unlike = [.. words.Where(word => !byWord[word].Any(
            term => WordForms.Says(text, term) && rankings.Has(query.Field, term.Term)))];
        string lacking = unlike.Length == 0 ? "" : unlike.Length == words.Length ? ", which no document has"
            : $", which for {Quoted(unlike)} no document has";
        // Which of its positions put a term out is all that is known: what stands at a piece is drawn from the sentence, too.
        string[] guesses = [.. words.SelectMany(word => byWord[word]).Where(term => !WordForms.Says(text, term))
            .OrderByDescending(term => term.Weight).Take(ShownGuesses).Select(term => TermText.Shown(term.Term))];
        string related = guesses.Length == 0 ? "it adds nothing related"
            : $"from the pieces and the other words it guesses what is related: {Quoted(guesses)}";
        yield return $"The model knows {Quoted(words)} only in pieces and looks for what is spelled alike{lacking}; {related}.";
    }

    private static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"“{word}”"));
}
