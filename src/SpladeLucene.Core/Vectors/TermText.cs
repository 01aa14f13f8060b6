using System.Globalization;
using System.Text;

namespace SpladeLucene;

/// <summary>
/// Vocabulary entries as people read them. Terms are entries as they stand in the vocabulary, with the marks of its
/// family: WordPiece puts <c>##</c> before what continues a word, SentencePiece's Unigram <c>▁</c> and byte-level BPE
/// <c>Ġ</c> before what begins one, and the last writes each byte of UTF-8 as a letter. Thread-safe; takes nanoseconds.
/// </summary>
public static class TermText
{
    private const string Continuing = "##";

    // U+2581 and U+0120, what stands for a blank.
    private const char Mark = '\u2581', ByteBlank = '\u0120';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the entry says of itself that it continues a word, as <c>##s</c> does.</summary>
    /// <param name="term">A vocabulary entry.</param>
    /// <exception cref="ArgumentNullException">The term is null.</exception>
    public static bool ContinuesWord(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.Length > Continuing.Length && term.StartsWith(Continuing, StringComparison.Ordinal);
    }

    /// <summary>Whether the term says of itself that it is a part of a word: <c>##s</c>, and <c>ku##ber</c>, two pieces of a word
    /// that a model knows only in pieces.</summary>
    /// <param name="term">A vocabulary entry, or a pair of them.</param>
    /// <exception cref="ArgumentNullException">The term is null.</exception>
    public static bool IsPartOfWord(string term) => ContinuesWord(term) || JoinAt(term) > 0;

    /// <summary>
    /// The letters that the entry stands for, without marks: <c>library</c> of <c>Ġlibrary</c>, <c>▁library</c> and
    /// <c>##library</c>, <c>мир</c> of <c>ĠÐ¼Ð¸ÑĢ</c>. An entry that stands for a part of a character, or for nothing that can
    /// be seen, is returned as it is.
    /// </summary>
    /// <param name="term">A vocabulary entry.</param>
    /// <exception cref="ArgumentNullException">The term is null.</exception>
    public static string Readable(string term)
    {
        if (ContinuesWord(term)) return Joined(term[Continuing.Length..]);
        string text = term.TrimStart(Mark);
        if (text.Length < term.Length) return text.Length == 0 ? term : text.Replace(Mark, ' ');
        return term.All(char.IsAscii) ? Joined(term) : OfBytes(term) ?? Joined(term);
    }

    /// <summary>The same for people who must see that it is a part of a word: <c>…ploy</c> of <c>##ploy</c>, which others go before,
    /// <c>employ…</c> of <c>em##ploy</c>, which others may follow.</summary>
    /// <param name="term">A vocabulary entry, or a pair of them.</param>
    /// <exception cref="ArgumentNullException">The term is null.</exception>
    public static string Shown(string term) => ContinuesWord(term) ? "…" + Readable(term)
        : JoinAt(term) > 0 ? Readable(term) + "…" : Readable(term);

    private static string Joined(string term) =>
        JoinAt(term) is var at and > 0 ? term[..at] + term[(at + Continuing.Length)..] : term;

    // Where the second piece's mark stands between parts of a word; 0 where none does.
    private static int JoinAt(string term)
    {
        int mark = term.IndexOf(Continuing, Math.Min(1, term.Length), StringComparison.Ordinal), end = mark + Continuing.Length;
        return mark > 0 && end < term.Length && IsOfWord(term, mark - 1) && IsOfWord(term, end) ? mark : 0;
    }

    // A letter or a digit, also one of two units, or an accent, which may begin a piece of its own.
    private static bool IsOfWord(string term, int at)
    {
        if (at > 0 && char.IsLowSurrogate(term[at]) && char.IsHighSurrogate(term[at - 1])) at--;
        return char.IsLetterOrDigit(term, at) || CharUnicodeInfo.GetUnicodeCategory(term, at)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
    }

    // Null where the entry is not written byte by byte. A word of another vocabulary hardly ever spells UTF-8 by chance.
    private static string? OfBytes(string term)
    {
        ReadOnlySpan<char> letters = term.AsSpan().TrimStart(ByteBlank);
        byte[] bytes = new byte[letters.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (ByteOf(letters[i]) is not { } value) return null;
            bytes[i] = value;
        }

        try
        {
            string text = Strict.GetString(bytes);
            return text.Length == 0 || text.Any(unit => char.IsControl(unit) || char.IsWhiteSpace(unit)) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // GPT-2's alphabet: a byte that can be seen is itself in Latin-1, the others are the letters from U+0100 on.
    private static byte? ByteOf(char letter) => letter switch
    {
        >= '!' and <= '~' or >= '\u00A1' and <= '\u00AC' or >= '\u00AE' and <= '\u00FF' => (byte)letter,
        >= '\u0100' and <= '\u0120' => (byte)(letter - 0x100),
        >= '\u0121' and <= '\u0142' => (byte)(letter - 0x121 + 0x7F),
        '\u0143' => 0xAD,
        _ => null,
    };
}
