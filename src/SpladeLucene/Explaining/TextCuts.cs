using System.Globalization;
using System.Text;

namespace SpladeLucene.Explaining;

/// <summary>Where a text may be cut without tearing a word, an accent off its letter, or a character.</summary>
internal static class TextCuts
{
    /// <summary>Whether the character at <paramref name="index"/> belongs to a word: letters, digits, their marks, and what
    /// is invisible inside of words, such as a soft hyphen.</summary>
    public static bool IsWord(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, StartOf(text, index))
        is <= UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.Format;

    /// <summary>Whether a cut before <paramref name="index"/> would tear a word or a character. Where words have no spaces
    /// between them, nobody knows where they end.</summary>
    public static bool Tears(string text, int index) => index > 0 && index < text.Length
        && (TearsCharacter(text, index) || (IsSpacedWord(text, index - 1) && IsSpacedWord(text, index)));

    /// <summary>Whether a cut before <paramref name="index"/> would tear a character, or a mark off its letter.</summary>
    public static bool TearsCharacter(string text, int index) => index > 0 && index < text.Length
        && (char.IsLowSurrogate(text[index]) || CharUnicodeInfo.GetUnicodeCategory(text, index)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark);

    /// <summary>Whether both sides of <paramref name="index"/> are of words without spaces between them, as in Chinese.</summary>
    public static bool IsWithinUnspaced(string text, int index) => index > 0 && index < text.Length
        && IsUnspacedWord(text, index - 1) && IsUnspacedWord(text, index);

    private static bool IsUnspacedWord(string text, int index) => IsWord(text, index) && !IsSpacedWord(text, index);

    private static bool IsSpacedWord(string text, int index) => IsWord(text, index)
        && !(Rune.TryGetRuneAt(text, StartOf(text, index), out Rune rune) && IsOfScriptWithoutSpaces(rune.Value));

    // A run of katakana is a word.
    private static bool IsOfScriptWithoutSpaces(int rune) => rune
        is (>= 0x0E00 and <= 0x0EFF) // Thai, Lao
        or (>= 0x1000 and <= 0x109F) or (>= 0xA9E0 and <= 0xA9FF) or (>= 0xAA60 and <= 0xAA7F) // Burmese
        or (>= 0x1780 and <= 0x17FF) // Khmer
        or (>= 0x3005 and <= 0x3007) or (>= 0x3041 and <= 0x309F) // Marks of Han, hiragana
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF); // Han

    private static int StartOf(string text, int index) =>
        index > 0 && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index - 1 : index;
}
