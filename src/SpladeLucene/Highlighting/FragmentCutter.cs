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
    // Longer words, such as hashes, don't make a snippet better.
    private const int LongestWord = 32;

    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="length">About how long a fragment is.</param>
    /// <returns>Pieces by their place, none over another.</returns>
    public static IEnumerable<HighlightFragment> Cut(SourceText text, MarkedWord[] words, int length)
    {
        MarkedWord[] ordered = [.. Apart(words)];
        int from = 0;
        for (int first = 0; first < ordered.Length;)
        {
            int past = first + 1;
            while (past < ordered.Length && ordered[past].Span.End - ordered[first].Span.Start <= length) past++;
            int limit = past < ordered.Length ? ordered[past].Span.Start : text.Text.Length;
            HighlightFragment fragment = Fragment(text, ordered[first..past], length, from, limit);
            yield return fragment;
            (first, from) = (past, fragment.Start + fragment.Text.Length);
        }
    }

    /// <summary>The words by their place; what overlaps, as tokens of some vocabularies do, is one.</summary>
    private static IEnumerable<MarkedWord> Apart(MarkedWord[] words)
    {
        MarkedWord? open = null;
        foreach (MarkedWord word in words.OrderBy(word => word.Span.Start))
        {
            if (open is not null && word.Span.Start < open.Span.End)
            {
                open = open with
                {
                    Span = new SourceSpan(open.Span.Start, Math.Max(open.Span.End, word.Span.End)),
                    Score = open.Score + word.Score,
                };
                continue;
            }

            if (open is not null) yield return open;
            open = word;
        }

        if (open is not null) yield return open;
    }

    /// <param name="source">The text.</param>
    /// <param name="words">The words that come into this fragment.</param>
    /// <param name="length">About how long it is.</param>
    /// <param name="from">Where the fragment before ended.</param>
    /// <param name="limit">Where the next fragment's first word begins.</param>
    private static HighlightFragment Fragment(SourceText source, MarkedWord[] words, int length, int from, int limit)
    {
        string text = source.Text;
        int firstWord = words[0].Span.Start, lastWord = words[^1].Span.End;
        int spare = Math.Max(0, length - (lastWord - firstWord));
        int start = Math.Max(from, firstWord - (spare / 2));
        int end = Math.Min(limit, Math.Max(lastWord, start + length));
        start = Math.Max(from, Math.Min(start, Math.Max(0, end - length)));
        start = Untorn(text, start, firstWord, 1);
        end = Untorn(text, end, lastWord, -1);
        while (start > 0 && start < firstWord && !TextCuts.IsWord(text, start)) start++;
        while (end > lastWord && char.IsWhiteSpace(text[end - 1])) end--;
        return new HighlightFragment(source.Field, source.Number, start, text[start..end],
            [.. Marks(text, words).Select(mark => mark.Shift(-start))], words.Sum(word => word.Score));
    }

    // Only now: a run of them may be longer than a fragment.
    private static IEnumerable<SourceSpan> Marks(string text, MarkedWord[] words)
    {
        SourceSpan open = words[0].Span;
        foreach (SourceSpan next in words.Skip(1).Select(word => word.Span))
        {
            if (next.Start == open.End && TextCuts.IsWithinUnspaced(text, next.Start))
            {
                open = new SourceSpan(open.Start, next.End);
                continue;
            }

            yield return open;
            open = next;
        }

        yield return open;
    }

    /// <summary>The nearest place, on the way to a marked word, where a cut tears no word; else no character.</summary>
    private static int Untorn(string text, int cut, int marked, int step)
    {
        int found = cut;
        while (found != marked && TextCuts.Tears(text, found) && Math.Abs(found - cut) < LongestWord) found += step;
        if (found != marked && !TextCuts.Tears(text, found)) return found;
        while (cut != marked && TextCuts.TearsCharacter(text, cut)) cut += step;
        return cut;
    }
}
