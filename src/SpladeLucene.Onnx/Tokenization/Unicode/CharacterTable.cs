namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// What Hugging Face's tokenizers does to each character, read once from the embedded <c>characters.txt</c> (which
/// <c>derive.mjs</c> made). Own data, because .NET's normalization and casing depend on ICU, NLS or invariant mode,
/// and its categories on the version of .NET: an index must not.
/// </summary>
internal static class CharacterTable
{
    private const int PageSize = 256;
    private const int HangulFirst = 0xAC00, HangulLast = 0xD7A3;

    private static readonly CharacterTraits[]?[] Pages = new CharacterTraits[]?[0x110000 / PageSize];
    private static readonly Dictionary<int, string> Bases = [];
    private static readonly Dictionary<int, string> Lowers = [];

    static CharacterTable()
    {
        foreach ((string section, int code, int[] target) in CharacterFile.Read("characters.txt"))
        {
            Add(code, TraitOf(section));
            if (target.Length > 0)
                (section == "base" ? Bases : Lowers).Add(code, string.Concat(target.Select(char.ConvertFromUtf32)));
        }

        for (int hangul = HangulFirst; hangul <= HangulLast; hangul++) Add(hangul, CharacterTraits.Decomposes);
    }

    public static CharacterTraits Of(int codePoint) =>
        Pages[codePoint / PageSize] is { } page ? page[codePoint % PageSize] : CharacterTraits.None;

    /// <summary>The canonical decomposition without nonspacing marks, of a character that <c>Decomposes</c>.</summary>
    public static string Base(int codePoint) =>
        codePoint is >= HangulFirst and <= HangulLast ? Jamo(codePoint) : Bases[codePoint];

    /// <summary>The lower case of a <c>Cased</c> character: one character, of U+0130 two.</summary>
    public static string Lower(int codePoint) => Lowers[codePoint];

    private static CharacterTraits TraitOf(string section) => section switch
    {
        "removed" => CharacterTraits.Removed,
        "space" => CharacterTraits.Space,
        "ideograph" => CharacterTraits.Ideograph,
        "punctuation" => CharacterTraits.Punctuation,
        "mark" => CharacterTraits.Mark,
        "base" => CharacterTraits.Decomposes,
        "word" => CharacterTraits.Word,
        "letter" => CharacterTraits.Letter,
        "number" => CharacterTraits.Number,
        _ => CharacterTraits.Cased,
    };

    private static void Add(int codePoint, CharacterTraits trait) =>
        (Pages[codePoint / PageSize] ??= new CharacterTraits[PageSize])[codePoint % PageSize] |= trait;

    // The Unicode Standard, section 3.12: a syllable is 11172 = 19 × 21 × 28 by arithmetic.
    private static string Jamo(int syllable)
    {
        const int Vowels = 21, Trails = 28;
        int index = syllable - HangulFirst;
        char lead = (char)(0x1100 + (index / (Vowels * Trails)));
        char vowel = (char)(0x1161 + (index / Trails % Vowels));
        int trail = index % Trails;
        return trail == 0 ? new string([lead, vowel]) : new string([lead, vowel, (char)(0x11A7 + trail)]);
    }
}

/// <summary>What normalizers and pre-tokenizers want to know of a character.</summary>
[Flags]
internal enum CharacterTraits : ushort
{
    None = 0,

    /// <summary>Control, format and private-use characters, and U+FFFD: cleaning drops them.</summary>
    Removed = 1,

    /// <summary>White space: ends a word, and cleaning makes it a blank.</summary>
    Space = 2,

    /// <summary>A CJK ideograph: a word by itself.</summary>
    Ideograph = 4,

    /// <summary>A word by itself. All ASCII symbols count, as in the original BERT.</summary>
    Punctuation = 8,

    /// <summary>Nothing is left of it once it is decomposed and rid of nonspacing marks.</summary>
    Mark = 16,

    /// <summary>Something else is left of it then.</summary>
    Decomposes = 32,

    /// <summary>Its lower case is another character.</summary>
    Cased = 64,

    /// <summary>Part of a word to the regular expressions of the reference (its <c>\w</c>).</summary>
    Word = 128,

    /// <summary>A letter to them (<c>\p{L}</c>).</summary>
    Letter = 256,

    /// <summary>A number to them (<c>\p{N}</c>).</summary>
    Number = 512,
}
