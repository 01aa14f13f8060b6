using System.Text;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// The pattern by which GPT-2 cuts text into words:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>. By hand, because what counts as a
/// letter must not depend on the version of .NET.
/// </summary>
internal static class GptWords
{
    private enum Kind
    {
        Letter,
        Number,
        Space,
        Other,
    }

    /// <summary>Where the word ends that begins at <paramref name="start"/>.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        int contraction = ContractionLength(text[start..]);
        if (contraction > 0) return start + contraction;
        Kind kind = KindAt(text, start, out int length);
        if (kind != Kind.Space) return EndOfRun(text, start, kind);
        int next = start + length;
        // One blank goes with the word behind it.
        if (text[start] == ' ' && next < text.Length && KindAt(text, next, out _) is var behind and not Kind.Space)
            return EndOfRun(text, next, behind);
        int end = EndOfRun(text, start, Kind.Space);
        if (end == text.Length) return end;
        // White space before a word leaves the word its last character.
        int last = end - 1;
        return last > start ? last : end;
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int start, Kind kind)
    {
        int end = start;
        while (end < text.Length && KindAt(text, end, out int length) == kind) end += length;
        return end;
    }

    private static int ContractionLength(ReadOnlySpan<char> text)
    {
        if (text[0] != '\'' || text.Length < 2) return 0;
        if (text[1] is 's' or 't' or 'm' or 'd') return 2;
        return text.Length > 2 && text[1..3] is "re" or "ve" or "ll" ? 3 : 0;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int at, out int length)
    {
        Rune.DecodeFromUtf16(text[at..], out Rune rune, out length);
        CharacterTraits traits = CharacterTable.Of(rune.Value);
        return traits.HasFlag(CharacterTraits.Letter) ? Kind.Letter
            : traits.HasFlag(CharacterTraits.Number) ? Kind.Number
            : traits.HasFlag(CharacterTraits.Space) ? Kind.Space
            : Kind.Other;
    }
}
