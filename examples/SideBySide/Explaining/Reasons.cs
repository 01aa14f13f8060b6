using SpladeLucene;

namespace SideBySide;

/// <summary>Why a document has a part of its score, in whole words.</summary>
/// <param name="Query">The query's word; null where it isn't known.</param>
/// <param name="Terms">The terms that both texts have for it, the one that adds most first.</param>
/// <param name="Document">The document's word; null where it isn't known.</param>
/// <param name="Kind">One of the three kinds of <see cref="Reasons"/>.</param>
/// <param name="Score">What they add together.</param>
internal sealed record Reason(
    string? Query, IReadOnlyList<string> Terms, string? Document, string Kind, float Score)
{
    /// <summary>
    /// Such as <c>ill → sick ← poorly</c>, with the heaviest of the terms that both texts have; <c>dog → canine</c> where that is
    /// one of the two words; <c>dog = dogs</c> or the word alone where both texts say the same.
    /// </summary>
    public string InWords()
    {
        if (Query is null || Document is null) return Query ?? Document ?? Terms[0];
        if (WordForms.AreAlike(Query, Document)) return Query;
        if (Kind == Reasons.Typed) return $"{Query} = {Document}";
        return WordForms.AreOneWord(Terms[0], Query) || WordForms.AreOneWord(Terms[0], Document)
            ? $"{Query} → {Document}"
            : $"{Query} → {Terms[0]} ← {Document}";
    }
}

/// <summary>Gathers what terms add by the words that they come from, as a person reads words and not terms.</summary>
internal static class Reasons
{
    /// <summary>Both texts say the word, in whatever form; only the model relates the two words; or so little is added that
    /// it decides nothing.</summary>
    public const string Typed = "typed", Expansion = "expansion", Faint = "faint";

    private const float FaintShare = 0.02f;

    /// <summary>The reasons of a score by meaning, the one that adds most first.</summary>
    public static IReadOnlyList<Reason> OfMeaning(IReadOnlyList<TermMatch> matches)
    {
        float sum = matches.Sum(match => match.Score);
        return [.. matches.GroupBy(match => (Lower(match.QuerySource), Lower(match.DocumentSource),
                match.QuerySource is null || match.DocumentSource is null ? match.Term : ""))
            .Select(group => Gather([.. group], sum)).OrderByDescending(reason => reason.Score)];
    }

    /// <summary>The reasons of a score by words.</summary>
    public static IReadOnlyList<Reason> OfWords(string query, string body, IReadOnlyList<(string Term, float Score)> words)
    {
        ILookup<string, string> asked = Written(query), said = Written(body);
        return [.. words.Select(word => new Reason(asked[word.Term].FirstOrDefault(), [word.Term],
            said[word.Term].FirstOrDefault(), Typed, word.Score))];
    }

    /// <summary>What each kind adds, as shares of the score; all 0 where nothing is shared.</summary>
    public static Shares SharesOf(IReadOnlyList<Reason> reasons)
    {
        float sum = reasons.Sum(reason => reason.Score);
        return new Shares(Of(Typed), Of(Expansion), Of(Faint));

        float Of(string kind) =>
            sum == 0 ? 0 : reasons.Where(reason => reason.Kind == kind).Sum(reason => reason.Score) / sum;
    }

    private static Reason Gather(TermMatch[] group, float sum)
    {
        float score = group.Sum(match => match.Score);
        TermMatch first = group[0];
        string? query = first.QuerySource?.Word, document = first.DocumentSource?.Word;
        bool typed = query is not null && document is not null ? WordForms.AreOneWord(query, document) : !first.IsExpansion;
        string kind = typed ? Typed : score < FaintShare * sum ? Faint : Expansion;
        return new Reason(query, [.. group.Select(match => TermText.Shown(match.Term))], document, kind, score);
    }

    private static ILookup<string, string> Written(string text) => WordsQuery.Read(text)
        .ToLookup(read => read.Term, read => text[read.Word.Start..read.Word.End], StringComparer.Ordinal);

    private static string? Lower(TermSource? source) => source?.Word.ToLowerInvariant();
}

/// <summary>How a score splits into the three kinds; together 1.</summary>
internal sealed record Shares(float Typed, float Expansion, float Faint);
