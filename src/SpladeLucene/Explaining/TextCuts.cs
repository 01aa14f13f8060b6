using System.Globalization;

namespace SpladeLucene.Explaining;

/// <summary>Where a text may be cut without tearing a word, an accent off its letter, or a character.</summary>
internal static class TextCuts
{
    /// <summary>Whether the character at <paramref name="index"/> belongs to a word: letters, digits, their marks, and what
    /// is invisible inside of words, such as a soft hyphen.</summary>
    public static bool IsWord(string text, int index)
    {
        int start = index > 0 && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index - 1 : index;
        return CharUnicodeInfo.GetUnicodeCategory(text, start) is <= UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.Format;
    }

    /// <summary>Whether a cut before <paramref name="index"/> would tear a word or a character.</summary>
    public static bool Tears(string text, int index) => index > 0 && index < text.Length
        && (TearsCharacter(text, index) || (IsWord(text, index - 1) && IsWord(text, index)));

    /// <summary>Whether a cut before <paramref name="index"/> would tear a character, or a mark off its letter.</summary>
    public static bool TearsCharacter(string text, int index) => index > 0 && index < text.Length
        && (char.IsLowSurrogate(text[index]) || CharUnicodeInfo.GetUnicodeCategory(text[index])
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);
}
