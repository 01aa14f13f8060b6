using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Batching;

/// <summary>
/// Texts that go through the model together, padded to the longest. Arrays are [texts, tokens], row by row.
/// </summary>
internal sealed class TokenBatch
{
    public TokenBatch(IReadOnlyList<TokenSequence> texts, int padding)
    {
        Texts = texts;
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

    public long[] Shape => [Texts.Count, Width];
}
