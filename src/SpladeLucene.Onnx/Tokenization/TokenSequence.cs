using System.Runtime.InteropServices;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>The tokens of one text with the stretch of the text that each stands for.</summary>
/// <param name="expected">How many there may be.</param>
internal sealed class TokenSequence(int expected = 0)
{
    private readonly List<int> _ids = new(expected);
    private readonly List<SourceSpan?> _spans = new(expected);

    public int Count => _ids.Count;

    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_ids);

    /// <summary>The source of the token at <paramref name="index"/>; null of the first and the last.</summary>
    public SourceSpan? SpanAt(int index) => _spans[index];

    public void Add(int id, SourceSpan? span)
    {
        _ids.Add(id);
        _spans.Add(span);
    }

    /// <summary>
    /// A part of the text between the two tokens that stand around it; itself where that is all of it.
    /// </summary>
    /// <param name="start">The first token of the part, not counting the one before the text.</param>
    /// <param name="length">How many there are.</param>
    public TokenSequence Window(int start, int length)
    {
        if (length + 2 == Count) return this;
        var window = new TokenSequence(length + 2);
        window.Add(_ids[0], null);
        for (int i = start + 1; i <= start + length; i++) window.Add(_ids[i], _spans[i]);
        window.Add(_ids[^1], null);
        return window;
    }
}
