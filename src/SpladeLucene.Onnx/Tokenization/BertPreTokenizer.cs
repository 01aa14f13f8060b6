using System.Text;
using Microsoft.ML.Tokenizers;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Hugging Face's BertPreTokenizer: words lie between white space, and each punctuation character is a word by itself.
/// </summary>
internal sealed class BertPreTokenizer : PreTokenizer
{
    public static readonly BertPreTokenizer Instance = new();

    private BertPreTokenizer()
    {
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        var words = new List<(int Offset, int Length)>();
        int end = 0;
        while (TryNext(text, end, out int start, out end)) words.Add((start, end - start));
        return words;
    }

    /// <summary>The first word at or after <paramref name="from"/>; false where there is none.</summary>
    public static bool TryNext(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        start = end = from;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text[end..], out Rune rune, out int length);
            CharacterTraits traits = CharacterTable.Of(rune.Value);
            bool stops = (traits & (CharacterTraits.Space | CharacterTraits.Punctuation)) != CharacterTraits.None;
            if (stops && end > start) return true;
            end += length;
            if (traits.HasFlag(CharacterTraits.Punctuation)) return true;
            if (stops) start = end;
        }

        return end > start;
    }
}
