using System.Text;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Unicode's form C over the embedded <c>composition.txt</c>: characters are taken apart, their marks brought into
/// order, and put together again (The Unicode Standard, section 3.11). Own data, because .NET's normalization does
/// nothing in invariant mode.
/// </summary>
internal static class Composition
{
    private const int FirstOfInterest = 0x300;
    private const int Lead = 0x1100, Vowel = 0x1161, Trail = 0x11A7, Syllable = 0xAC00;
    private const int Leads = 19, Vowels = 21, Trails = 28;

    private static readonly Dictionary<int, int[]> Parts = [];
    private static readonly Dictionary<(int, int), int> Composed = [];
    private static readonly Dictionary<int, int> Classes = [];

    static Composition()
    {
        foreach ((string section, int code, int[] target) in CharacterFile.Read("composition.txt"))
        {
            if (section == "class")
            {
                Classes.Add(code, target[0]);
                continue;
            }

            Parts.Add(code, target);
            if (section == "pair") Composed.Add((target[0], target[1]), code);
        }
    }

    /// <summary>Appends <paramref name="text"/> in form C; a lone surrogate becomes U+FFFD.</summary>
    /// <param name="text">A stretch of the original text.</param>
    /// <param name="offset">Where that stretch begins in the original text.</param>
    /// <param name="target">What is written to.</param>
    public static void Append(ReadOnlySpan<char> text, int offset, AlignedText target)
    {
        var parts = new List<Part>();
        bool plain = true;
        for (int i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text[i..], out Rune rune, out int length);
            plain &= rune.Value < FirstOfInterest;
            parts.Add(new Part(rune.Value, new SourceSpan(offset + i, offset + i + length)));
            i += length;
        }

        Span<char> units = stackalloc char[2];
        foreach (Part part in plain ? parts : Compose(InOrder(TakenApart(parts))))
            target.Append(units[..new Rune(part.Code).EncodeToUtf16(units)], part.Source);
    }

    private static List<Part> TakenApart(List<Part> whole)
    {
        var parts = new List<Part>(whole.Count);
        foreach (Part part in whole) AddParts(part.Code, part.Source, parts);
        return parts;
    }

    private static void AddParts(int code, SourceSpan source, List<Part> parts)
    {
        int syllable = code - Syllable;
        if (syllable is >= 0 and < Leads * Vowels * Trails)
        {
            parts.Add(new Part(Lead + (syllable / (Vowels * Trails)), source));
            parts.Add(new Part(Vowel + (syllable / Trails % Vowels), source));
            if (syllable % Trails > 0) parts.Add(new Part(Trail + (syllable % Trails), source));
        }
        else if (Parts.TryGetValue(code, out int[]? own))
        {
            foreach (int part in own) AddParts(part, source, parts);
        }
        else
        {
            parts.Add(new Part(code, source));
        }
    }

    // Runs of marks are sorted by class; marks of one class keep their order.
    private static List<Part> InOrder(List<Part> parts)
    {
        for (int start = 0; start < parts.Count; start++)
        {
            int end = start;
            while (end < parts.Count && ClassOf(parts[end]) > 0) end++;
            if (end - start > 1)
            {
                Part[] sorted = [.. parts.GetRange(start, end - start).OrderBy(ClassOf)];
                for (int i = 0; i < sorted.Length; i++) parts[start + i] = sorted[i];
            }

            start = end;
        }

        return parts;
    }

    private static List<Part> Compose(List<Part> parts)
    {
        var composed = new List<Part>(parts.Count);
        int starter = -1, last = -1;
        foreach (Part part in parts)
        {
            int order = ClassOf(part);
            // A mark is out of reach behind one of its own class, anything else behind any mark.
            if (starter >= 0 && (last < order || last < 0) && TryCompose(composed[starter].Code, part.Code, out int whole))
            {
                composed[starter] = composed[starter].With(whole, part.Source);
                continue;
            }

            (starter, last) = order == 0 ? (composed.Count, -1) : (starter, order);
            composed.Add(part);
        }

        return composed;
    }

    private static bool TryCompose(int first, int second, out int whole)
    {
        if (first is >= Lead and < Lead + Leads && second is >= Vowel and < Vowel + Vowels)
        {
            whole = Syllable + ((((first - Lead) * Vowels) + second - Vowel) * Trails);
            return true;
        }

        bool open = first is >= Syllable and < Syllable + (Leads * Vowels * Trails) && (first - Syllable) % Trails == 0;
        if (open && second is > Trail and < Trail + Trails)
        {
            whole = first + second - Trail;
            return true;
        }

        return Composed.TryGetValue((first, second), out whole);
    }

    private static int ClassOf(Part part) => Classes.GetValueOrDefault(part.Code);

    private readonly record struct Part(int Code, SourceSpan Source)
    {
        public Part With(int code, SourceSpan other) => new(code,
            new SourceSpan(Math.Min(Source.Start, other.Start), Math.Max(Source.End, other.End)));
    }
}
