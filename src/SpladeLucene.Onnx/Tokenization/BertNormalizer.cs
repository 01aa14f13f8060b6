using System.Text;
using Microsoft.ML.Tokenizers;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Hugging Face's BertNormalizer: clean, put blanks around ideographs, strip accents, lower the case, in this order.
/// One difference: combining marks are not brought into canonical order. Of those that survive stripping, that moves
/// only thirteen, for Hangul tones, Khitan and musical stems. Thread-safe.
/// </summary>
internal sealed class BertNormalizer(bool cleanText, bool spaceIdeographs, bool stripAccents, bool lowercase)
    : Normalizer
{
    public override string Normalize(string original) => Normalize(original.AsSpan());

    public override string Normalize(ReadOnlySpan<char> original)
    {
        var normalized = new AlignedText(original.Length);
        Normalize(original, 0, normalized);
        return new string(normalized.Chars);
    }

    /// <summary>Appends <paramref name="text"/>, normalized, to <paramref name="target"/>.</summary>
    /// <param name="text">A stretch of the original text. A lone surrogate counts as U+FFFD.</param>
    /// <param name="offset">Where that stretch begins in the original text.</param>
    /// <param name="target">What is written to.</param>
    public void Normalize(ReadOnlySpan<char> text, int offset, AlignedText target)
    {
        for (int i = 0; i < text.Length;)
        {
            char unit = text[i];
            if (char.IsAsciiLetterOrDigit(unit))
            {
                target.Append(lowercase && char.IsAsciiLetterUpper(unit) ? (char)(unit | 0x20) : unit,
                    new SourceSpan(offset + i, offset + i + 1));
                i++;
                continue;
            }

            // Gives U+FFFD for a lone surrogate.
            Rune.DecodeFromUtf16(text[i..], out Rune rune, out int length);
            Add(rune.Value, new SourceSpan(offset + i, offset + i + length), target);
            i += length;
        }
    }

    private void Add(int codePoint, SourceSpan source, AlignedText target)
    {
        CharacterTraits traits = CharacterTable.Of(codePoint);
        if (cleanText)
        {
            if (traits.HasFlag(CharacterTraits.Removed)) return;
            if (traits.HasFlag(CharacterTraits.Space)) codePoint = ' ';
        }

        bool alone = spaceIdeographs && traits.HasFlag(CharacterTraits.Ideograph);
        if (alone) target.Append(' ', source);
        AddStripped(codePoint, source, target);
        if (alone) target.Append(' ', source);
    }

    private void AddStripped(int codePoint, SourceSpan source, AlignedText target)
    {
        // Asked again: cleaning may have made a blank of it, and a blank neither decomposes nor has a case.
        CharacterTraits traits = CharacterTable.Of(codePoint);
        if (!stripAccents || (traits & (CharacterTraits.Mark | CharacterTraits.Decomposes)) == CharacterTraits.None)
        {
            AddLowered(codePoint, source, target);
        }
        else if (traits.HasFlag(CharacterTraits.Decomposes))
        {
            foreach (Rune part in CharacterTable.Base(codePoint).EnumerateRunes())
                AddLowered(part.Value, source, target);
        }
    }

    private void AddLowered(int codePoint, SourceSpan source, AlignedText target)
    {
        if (lowercase && CharacterTable.Of(codePoint).HasFlag(CharacterTraits.Cased))
        {
            target.Append(CharacterTable.Lower(codePoint), source);
            return;
        }

        Span<char> units = stackalloc char[2];
        target.Append(units[..new Rune(codePoint).EncodeToUtf16(units)], source);
    }
}
