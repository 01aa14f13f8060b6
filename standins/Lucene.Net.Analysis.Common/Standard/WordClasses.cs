using System.Globalization;

namespace Lucene.Net.Analysis.Standard;

internal enum WordClass
{
    Other,
    ALetter,
    Hebrew,
    Numeric,
    Katakana,
    Ideograph,
    SoutheastAsian,
    SoutheastAsianMark,
    ExtendNumLet,
    MidLetter,
    MidNum,
    MidNumLet,
    SingleQuote,
    DoubleQuote,
    Extend,
}

// Which part a character plays in finding words. .NET tells categories, not word break properties; what the category
// does not tell stands here. The published tokenizer knows Unicode 6.3 and passes over letters that are younger; here
// they make words.
internal static class WordClasses
{
    internal static WordClass Of(int codePoint) => codePoint switch
    {
        '\'' => WordClass.SingleQuote,
        '"' => WordClass.DoubleQuote,
        '.' or 0x2018 or 0x2019 or 0x2024 or 0xFE52 or 0xFF07 or 0xFF0E => WordClass.MidNumLet,
        ':' or 0xB7 or 0x2D7 or 0x387 or 0x5F4 or 0x2027 or 0xFE13 or 0xFE55 or 0xFF1A => WordClass.MidLetter,
        ',' or ';' or 0x37E or 0x589 or 0x60C or 0x60D or 0x66C or 0x7F8 or 0x2044 => WordClass.MidNum,
        0xFE10 or 0xFE14 or 0xFE50 or 0xFE54 or 0xFF0C or 0xFF1B => WordClass.MidNum,
        0x66B => WordClass.Numeric,
        0x200B => WordClass.Other,
        0x5F3 or 0x1885 or 0x1886 or (>= 0x24B6 and <= 0x24E9) => WordClass.ALetter,
        0x1CF2 or 0x1CF3 or 0xFF9E or 0xFF9F => WordClass.Extend,
        _ => OfScript(codePoint, CharUnicodeInfo.GetUnicodeCategory(codePoint)),
    };

    private static WordClass OfScript(int codePoint, UnicodeCategory category)
    {
        if (IsMark(category))
        {
            return IsSoutheastAsian(codePoint) ? WordClass.SoutheastAsianMark : WordClass.Extend;
        }
        if (IsKatakana(codePoint))
        {
            return WordClass.Katakana;
        }
        if (IsIdeograph(codePoint))
        {
            return WordClass.Ideograph;
        }
        if (category <= UnicodeCategory.OtherLetter && IsSoutheastAsian(codePoint))
        {
            return WordClass.SoutheastAsian;
        }
        bool isHebrew = codePoint is (>= 0x5D0 and <= 0x5F2) or (>= 0xFB1D and <= 0xFB4F);
        return isHebrew && category == UnicodeCategory.OtherLetter ? WordClass.Hebrew : OfCategory(category);
    }

    private static WordClass OfCategory(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => WordClass.ALetter,
        UnicodeCategory.DecimalDigitNumber => WordClass.Numeric,
        UnicodeCategory.ConnectorPunctuation => WordClass.ExtendNumLet,
        UnicodeCategory.Format => WordClass.Extend,
        _ => WordClass.Other,
    };

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;

    private static bool IsKatakana(int c) =>
        c is (>= 0x3031 and <= 0x3035) or 0x309B or 0x309C or (>= 0x30A0 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF)
            or (>= 0x31F0 and <= 0x31FF) or (>= 0x32D0 and <= 0x32FE) or (>= 0x3300 and <= 0x3357)
            or (>= 0xFF66 and <= 0xFF9D) or 0x1B000;

    // Han and hiragana.
    private static bool IsIdeograph(int c) =>
        c is (>= 0x2E80 and <= 0x2E99) or (>= 0x2E9B and <= 0x2EF3) or (>= 0x2F00 and <= 0x2FD5) or 0x3007
            or (>= 0x3021 and <= 0x3029) or (>= 0x3038 and <= 0x303A) or (>= 0x3041 and <= 0x3096)
            or (>= 0x309D and <= 0x309F) or (>= 0x3400 and <= 0x4DB5) or (>= 0x4E00 and <= 0x9FCC)
            or (>= 0xF900 and <= 0xFA6D) or (>= 0xFA70 and <= 0xFAD9) or 0x1B001 or 0x1F200
            or (>= 0x20000 and <= 0x2A6D6) or (>= 0x2A700 and <= 0x2B734) or (>= 0x2B740 and <= 0x2B81D)
            or (>= 0x2F800 and <= 0x2FA1D);

    // The blocks of Thai, Lao, Myanmar, Khmer, Tai Le, New Tai Lue, Tai Tham, Myanmar Extended-A and Tai Viet.
    private static bool IsSoutheastAsian(int c) =>
        c is (>= 0xE01 and <= 0xEDF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17DD)
            or (>= 0x1950 and <= 0x19DF) or (>= 0x1A20 and <= 0x1A7C) or (>= 0x1AA0 and <= 0x1AAD)
            or (>= 0xAA60 and <= 0xAADF);
}
