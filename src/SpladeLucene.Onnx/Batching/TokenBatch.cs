using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Batching;

/// <summary>
/// Texts that go through the model together, padded to the longest. Arrays are [texts, tokens], row by row.
/// </summary>
internal sealed class TokenBatch
{
    private readonly IReadOnlyList<int>? _indexes;
    private readonly int _padding;

    /// <param name="texts">One or more.</param>
    /// <param name="padding">The id that fills rows up.</param>
    /// <param name="indexes">The caller's index of each text; null where they are their places.</param>
    public TokenBatch(IReadOnlyList<TokenSequence> texts, int padding, IReadOnlyList<int>? indexes = null)
    {
        Texts = texts;
        (_padding, _indexes) = (padding, indexes);
        Width = texts.Max(text => text.Count);
        Ids = new long[texts.Count * Width];
        Mask = new long[Ids.Length];
        Array.Fill(Ids, padding);
        for (int i = 0; i < texts.Count; i++)
        {
            ReadOnlySpan<int> ids = texts[i].Ids;
            for (int j = 0; j < ids.Length; j++) Ids[(i * Width) + j] = ids[j];
            Mask.AsSpan(i * Width, ids.Length).Fill(1);
        }
    }

    public IReadOnlyList<TokenSequence> Texts { get; }

    /// <summary>The tokens of the longest text.</summary>
    public int Width { get; }

    public long[] Ids { get; }

    /// <summary>1 for a token, 0 for padding, which stands at the end of a row.</summary>
    public long[] Mask { get; }

    /// <summary>The caller's index of the text at a place.</summary>
    public int IndexOf(int place) => _indexes?[place] ?? place;

    /// <summary>Each text as a batch of its own.</summary>
    public IEnumerable<TokenBatch> Singles() =>
        Texts.Select((text, place) => new TokenBatch([text], _padding, [IndexOf(place)]));

    public long[] Shape => [Texts.Count, Width];
}
