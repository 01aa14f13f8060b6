using System.Text;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Normalized text that remembers where each of its UTF-16 units came from. Grows as it is written; 10 bytes a unit.
/// </summary>
internal sealed class AlignedText(int capacity)
{
    private char[] _chars = new char[capacity];
    private SourceSpan[] _sources = new SourceSpan[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>Where the source of the unit at <paramref name="index"/> stands in the original text.</summary>
    public SourceSpan SourceOf(int index) => _sources[index];

    /// <summary>From the beginning of the first unit's source to the end of the last unit's.</summary>
    public SourceSpan SourceOf(int start, int end) => new(_sources[start].Start, _sources[end - 1].End);

    public void Clear() => Length = 0;

    public void Append(char unit, SourceSpan source)
    {
        if (Length == _chars.Length) Grow();
        _chars[Length] = unit;
        _sources[Length++] = source;
    }

    public void Append(ReadOnlySpan<char> units, SourceSpan source)
    {
        foreach (char unit in units) Append(unit, source);
    }

    /// <summary>Takes the units from <paramref name="start"/> to <paramref name="end"/> over with their sources.</summary>
    public void Append(AlignedText other, int start, int end)
    {
        for (int i = start; i < end; i++) Append(other._chars[i], other._sources[i]);
    }

    /// <summary>Takes a stretch of the original text over as it stands; a lone surrogate becomes U+FFFD.</summary>
    public void AppendOriginal(ReadOnlySpan<char> text, int offset)
    {
        Span<char> units = stackalloc char[2];
        for (int i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text[i..], out Rune rune, out int length);
            Append(units[..rune.EncodeToUtf16(units)], new SourceSpan(offset + i, offset + i + length));
            i += length;
        }
    }

    private void Grow()
    {
        int larger = Math.Max(16, _chars.Length * 2);
        Array.Resize(ref _chars, larger);
        Array.Resize(ref _sources, larger);
    }
}
