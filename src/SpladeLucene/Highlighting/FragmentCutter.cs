using SpladeLucene.Explaining;

namespace SpladeLucene.Highlighting;

/// <summary>A whole word of a stored text, and what the terms that came from it add to the score.</summary>
internal sealed record MarkedWord(string Field, int Value, SourceSpan Span, float Score)
{
    /// <summary>
    /// The words that the terms came from, as far as they are worth marking: the strong ones, and the best that each word of
    /// the query met, so that one strong word doesn't hide what the rest of the query found.
    /// </summary>
    /// <param name="matches">The terms that a document has.</param>
    /// <param name="leastShare">The share of the strongest word's score that makes a word strong; its square will do for the
    /// best of a query's word.</param>
    public static MarkedWord[] Of(IEnumerable<TermMatch> matches, double leastShare)
    {
        TermMatch[] found = [.. matches.Where(match => match.DocumentSource is not null)];
        MarkedWord[] words = [.. Of(found)];
        if (words.Length == 0) return [];
        double strong = leastShare * words.Max(word => word.Score);
        HashSet<(string, int, SourceSpan)> best = [.. found
            .Where(match => match.QuerySource is not null).GroupBy(match => match.QuerySource!.WordSpan)
            .Select(asked => Of(asked).MaxBy(word => word.Score)!)
            .Where(word => word.Score >= leastShare * strong).Select(word => word.Place)];
        return [.. words.Where(word => word.Score >= strong || best.Contains(word.Place))];
    }

    private (string, int, SourceSpan) Place => (Field, Value, Span);

    public bool IsIn(SourceText text) => text.Field == Field && text.Number == Value;

    /// <summary>Several terms of one word are one.</summary>
    private static IEnumerable<MarkedWord> Of(IEnumerable<TermMatch> matches) => matches
        .GroupBy(match => (match.DocumentSource!.Field, match.DocumentSource.Value, match.DocumentSource.WordSpan))
        .Select(word => new MarkedWord(
            word.Key.Field!, word.Key.Value, word.Key.WordSpan, word.Sum(match => match.Score)));
}

/// <summary>Cuts a text around its marked words.</summary>
internal static class FragmentCutter
{
    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="length">About how long a fragment is.</param>
    public static IEnumerable<HighlightFragment> Cut(SourceText text, MarkedWord[] words, int length)
    {
        MarkedWord[] ordered = [.. words.OrderBy(word => word.Span.Start)];
        for (int first = 0; first < ordered.Length;)
        {
            int past = first + 1;
            while (past < ordered.Length && ordered[past].Span.End - ordered[first].Span.Start <= length) past++;
            yield return Fragment(text, ordered[first..past], length);
            first = past;
        }
    }

    private static HighlightFragment Fragment(SourceText source, MarkedWord[] words, int length)
    {
        string text = source.Text;
        int spare = Math.Max(0, length - (words[^1].Span.End - words[0].Span.Start));
        int start = Math.Max(0, words[0].Span.Start - (spare / 2));
        int end = Math.Min(text.Length, Math.Max(words[^1].Span.End, start + length));
        start = Math.Min(start, Math.Max(0, end - length));
        // Cut words are left out, marked ones never are.
        while (start > 0 && start < words[0].Span.Start && IsLetter(text[start - 1]) && IsLetter(text[start])) start++;
        while (end < text.Length && end > words[^1].Span.End && IsLetter(text[end - 1]) && IsLetter(text[end])) end--;
        while (start > 0 && start < words[0].Span.Start && !IsLetter(text[start])) start++;
        while (end > words[^1].Span.End && char.IsWhiteSpace(text[end - 1])) end--;
        return new HighlightFragment(source.Field, source.Number, start, text[start..end],
            [.. words.Select(word => word.Span.Shift(-start))], words.Sum(word => word.Score));
    }

    private static bool IsLetter(char letter) => char.IsLetterOrDigit(letter) || char.IsSurrogate(letter);
}
