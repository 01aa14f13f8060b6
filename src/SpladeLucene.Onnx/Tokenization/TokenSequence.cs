using System.Runtime.InteropServices;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>The tokens of one text with the stretch of the text that each stands for.</summary>
internal sealed class TokenSequence
{
    private readonly List<int> _ids = [];
    private readonly List<SourceSpan?> _spans = [];

    public int Count => _ids.Count;

    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_ids);

    /// <summary>The source of the token at <paramref name="index"/>; null of the first and the last.</summary>
    public SourceSpan? SpanAt(int index) => _spans[index];

    public void Add(int id, SourceSpan? span)
    {
        _ids.Add(id);
        _spans.Add(span);
    }
}
