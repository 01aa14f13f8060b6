using System.Buffers;
using System.Text;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>A token that is looked for in the text itself before words are; the members are tokenizer.json's.</summary>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Never a word of the text's own, such as [SEP].</summary>
    public bool Special { get; init; }

    /// <summary>It doesn't count where a word character touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>White space before it belongs to it.</summary>
    public bool StripLeft { get; init; }

    /// <summary>White space after it belongs to it.</summary>
    public bool StripRight { get; init; }

    /// <summary>It is looked for in normalized text, in its own normalized form.</summary>
    public bool Normalized { get; init; }
}

/// <summary>Finds added tokens in a text: leftmost first, the longest of those that begin there. Thread-safe.</summary>
internal sealed class AddedTokenMatcher
{
    // By first UTF-16 unit, the longest pattern first.
    private readonly Dictionary<char, (string Pattern, AddedToken Token)[]> _patterns;
    private readonly SearchValues<char> _firsts;

    /// <param name="tokens">Tokens with the form that is looked for, which is never empty.</param>
    public AddedTokenMatcher(IEnumerable<(string Pattern, AddedToken Token)> tokens)
    {
        _patterns = tokens.GroupBy(token => token.Pattern[0])
            .ToDictionary(
                group => group.Key, group => group.OrderByDescending(token => token.Pattern.Length).ToArray());
        _firsts = SearchValues.Create([.. _patterns.Keys]);
    }

    /// <summary>The first token that is found at or after <paramref name="search"/>.</summary>
    /// <param name="text">The whole text: what stands around a match can rule it out.</param>
    /// <param name="from">Where the match before this one ended, stripped white space included.</param>
    /// <param name="search">
    /// Where it ended without that, 0 at first; receives the same of this match. Tokens are found first and stripped
    /// afterwards: one that begins with white space may begin within what was stripped.
    /// </param>
    /// <param name="start">Where the token begins, stripped white space included.</param>
    /// <param name="end">Where it ends, likewise.</param>
    /// <returns>The token, or null where there is no more.</returns>
    public AddedToken? Next(ReadOnlySpan<char> text, int from, ref int search, out int start, out int end)
    {
        start = end = text.Length;
        for (int at = search; ;)
        {
            int skip = text[at..].IndexOfAny(_firsts);
            if (skip < 0)
            {
                search = text.Length;
                return null;
            }

            at += skip;
            if (LongestAt(text[at..]) is not { Token: { } token, Pattern: { } pattern })
            {
                at++;
                continue;
            }

            int after = at + pattern.Length;
            if (token.SingleWord && (EndsWithWord(text[..at]) || StartsWithWord(text[after..])))
            {
                at = after;
                continue;
            }

            start = token.StripLeft && at > from ? from + TrimEnd(text[from..at]) : at;
            search = after;
            end = token.StripRight ? after + LeadingSpace(text[after..]) : after;
            return token;
        }
    }

    private (string Pattern, AddedToken Token) LongestAt(ReadOnlySpan<char> text)
    {
        foreach ((string Pattern, AddedToken Token) candidate in _patterns[text[0]])
        {
            if (text.StartsWith(candidate.Pattern)) return candidate;
        }

        return default;
    }

    private static int TrimEnd(ReadOnlySpan<char> text)
    {
        int length = text.Length;
        while (length > 0 && IsSpace(text[length - 1])) length--;
        return length;
    }

    private static int LeadingSpace(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && IsSpace(text[length])) length++;
        return length;
    }

    // All white space lies in the basic plane.
    private static bool IsSpace(char unit) => CharacterTable.Of(unit).HasFlag(CharacterTraits.Space);

    private static bool EndsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool StartsWithWord(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) => CharacterTable.Of(rune.Value).HasFlag(CharacterTraits.Word);
}
