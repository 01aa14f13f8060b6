namespace SpladeLucene.Onnx.Tokenization;

/// <summary>
/// Normalized text that remembers where each of its UTF-16 units came from. Grows as it is written; 6 bytes a unit.
/// </summary>
internal sealed class AlignedText(int capacity)
{
    private char[] _chars = new char[capacity];
    private int[] _sources = new int[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>Where the source of the unit at <paramref name="index"/> begins in the original text.</summary>
    public int SourceOf(int index) => _sources[index];

    public void Clear() => Length = 0;

    public void Append(char unit, int source)
    {
        if (Length == _chars.Length) Grow();
        _chars[Length] = unit;
        _sources[Length++] = source;
    }

    public void Append(ReadOnlySpan<char> units, int source)
    {
        foreach (char unit in units) Append(unit, source);
    }

    private void Grow()
    {
        int larger = Math.Max(16, _chars.Length * 2);
        Array.Resize(ref _chars, larger);
        Array.Resize(ref _sources, larger);
    }
}
