using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Batching;

/// <summary>What the rows of a batch look like.</summary>
/// <param name="Padding">The id that fills rows up.</param>
/// <param name="Width">How long each row must be; null for the longest text's length.</param>
/// <param name="FirstPlace">What the positions of a row count from.</param>
internal sealed record BatchLayout(int Padding, int? Width = null, int FirstPlace = 0);

/// <summary>
/// Texts that go through the model together, padded to one length. Arrays are [texts, tokens], row by row.
/// </summary>
internal sealed class TokenBatch
{
    private readonly IReadOnlyList<int>? _indexes;
    private readonly BatchLayout _layout;

    /// <param name="texts">One or more, none longer than the layout's width.</param>
    /// <param name="layout">What the rows look like.</param>
    /// <param name="indexes">The caller's index of each text; null where they are their places.</param>
    public TokenBatch(IReadOnlyList<TokenSequence> texts, BatchLayout layout, IReadOnlyList<int>? indexes = null)
    {
        Texts = texts;
        (_layout, _indexes) = (layout, indexes);
        Width = layout.Width ?? texts.Max(text => text.Count);
        Ids = new long[texts.Count * Width];
        Mask = new long[Ids.Length];
        Array.Fill(Ids, layout.Padding);
        for (int i = 0; i < texts.Count; i++)
        {
            ReadOnlySpan<int> ids = texts[i].Ids;
            for (int j = 0; j < ids.Length; j++) Ids[(i * Width) + j] = ids[j];
            Mask.AsSpan(i * Width, ids.Length).Fill(1);
        }
    }

    public IReadOnlyList<TokenSequence> Texts { get; }

    /// <summary>The tokens of a row.</summary>
    public int Width { get; }

    public long[] Ids { get; }

    /// <summary>1 for a token, 0 for padding, which stands at the end of a row.</summary>
    public long[] Mask { get; }

    /// <summary>The place of each token in its row, from the layout's first.</summary>
    public long[] Places()
    {
        long[] places = new long[Ids.Length];
        for (int i = 0; i < places.Length; i++) places[i] = _layout.FirstPlace + (i % Width);
        return places;
    }

    /// <summary>The caller's index of the text at a place.</summary>
    public int IndexOf(int place) => _indexes?[place] ?? place;

    /// <summary>Each text as a batch of its own.</summary>
    public IEnumerable<TokenBatch> Singles() =>
        Texts.Select((text, place) => new TokenBatch([text], _layout, [IndexOf(place)]));

    public long[] Shape => [Texts.Count, Width];
}
