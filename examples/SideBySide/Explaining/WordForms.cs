using System.Globalization;
using SpladeLucene;

namespace SideBySide;

/// <summary>Words as people see them: whole, and the same word in all its forms.</summary>
internal static class WordForms
{
    /// <summary>Whether both are forms of one word, such as <c>tyre</c> and <c>Tyres</c>: to the analyzer, too.</summary>
    public static bool AreOneWord(string one, string other) => AreAlike(one, other) || StemOf(one) == StemOf(other);

    /// <summary>Whether both are written alike, but for case and accents.</summary>
    public static bool AreAlike(string one, string other) => CultureInfo.InvariantCulture.CompareInfo.Compare(
        one, other, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) == 0;

    /// <summary>Whether the text itself says the term and the model did not add it.</summary>
    public static bool Says(string text, SparseTerm term) => term.Span is { } span && span.Start >= 0
        && span.End <= text.Length && AreAlike(text[span.Start..span.End].Trim(), TermText.Readable(term.Term));

    /// <summary>The whole word that a piece of the text stands in.</summary>
    public static SourceSpan WordAround(string text, SourceSpan span)
    {
        (int start, int end) = (span.Start, span.End);
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (start > 0 && IsOfWord(text, start - 1)) start--;
        while (end < text.Length && IsOfWord(text, end)) end++;
        return new SourceSpan(start, end);
    }

    /// <summary>The same as text; null where the place isn't known or lies outside.</summary>
    public static string? WordOf(string text, SourceSpan? span)
    {
        if (span is not { Length: > 0 } piece || piece.Start < 0 || piece.End > text.Length) return null;
        SourceSpan word = WordAround(text, piece);
        return text[word.Start..word.End];
    }

    /// <summary>The form that the analyzer makes of it; itself in small letters where it makes none.</summary>
    public static string StemOf(string word)
    {
        string lower = word.ToLowerInvariant();
        return WordsQuery.Read(lower).Select(read => read.Term).FirstOrDefault(lower);
    }

    // An accent that stands alone belongs to the letter before it, and the second half of a letter to its first.
    private static bool IsOfWord(string text, int at)
    {
        if (char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1])) at--;
        return char.IsLetterOrDigit(text, at) || CharUnicodeInfo.GetUnicodeCategory(text, at)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }
}
