using System.Globalization;

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
        using Stream resource = typeof(CharacterTable).Assembly.GetManifestResourceStream("characters.txt")!;
        using var reader = new StreamReader(resource);
        string section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('[')) section = line.Trim('[', ']');
            else foreach (string entry in line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Read(section, entry);
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

    private static void Read(string section, string entry)
    {
        int sign = entry.AsSpan().IndexOfAny('=', '>');
        (int first, int last, int step) = ReadRange(sign < 0 ? entry : entry[..sign]);
        for (int code = first; code <= last; code += step)
        {
            Add(code, TraitOf(section));
            if (sign < 0) continue;
            int shift = entry[sign] == '>' ? code - first : 0;
            IEnumerable<int> target = entry[(sign + 1)..].Split(',').Select(part => Hex(part) + shift);
            (section == "base" ? Bases : Lowers).Add(code, string.Concat(target.Select(char.ConvertFromUtf32)));
        }
    }

    private static CharacterTraits TraitOf(string section) => section switch
    {
        "removed" => CharacterTraits.Removed,
        "space" => CharacterTraits.Space,
        "ideograph" => CharacterTraits.Ideograph,
        "punctuation" => CharacterTraits.Punctuation,
        "mark" => CharacterTraits.Mark,
        "base" => CharacterTraits.Decomposes,
        "word" => CharacterTraits.Word,
        _ => CharacterTraits.Cased,
    };

    // FIRST, FIRST-LAST or FIRST-LAST/STEP.
    private static (int First, int Last, int Step) ReadRange(string range)
    {
        string[] parts = range.Split('-', '/');
        int first = Hex(parts[0]);
        return (first, parts.Length > 1 ? Hex(parts[1]) : first, parts.Length > 2 ? Hex(parts[2]) : 1);
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

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

/// <summary>What the BERT normalizer and pre-tokenizer want to know of a character.</summary>
[Flags]
internal enum CharacterTraits : byte
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
}
