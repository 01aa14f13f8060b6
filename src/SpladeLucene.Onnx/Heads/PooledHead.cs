using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// Weights that the graph has pooled itself, [texts, vocabulary] or [texts, 1, vocabulary], with or without the position that each was won at,
/// [texts, vocabulary], the first token of a row being 0. Without positions there are no spans.
/// </summary>
internal sealed class PooledHead(string weights, string? positions, TermDimensions dimensions, float minWeight) : SpladeHead
{
    public override bool HasSpans => positions is not null;

    public override IReadOnlyList<string> Outputs { get; } = positions is null ? [weights] : [weights, positions];

    public override void Read(TokenBatch batch, IReadOnlyList<OrtValue> outputs, Span<SparseVector> vectors)
    {
        int rank = outputs[0].GetTensorTypeAndShape().Shape.Length;
        ReadOnlySpan<long> due = rank == 3 ? [batch.Texts.Count, 1] : [batch.Texts.Count];
        int width = WidthOf(Outputs[0], outputs[0], dimensions.Width, due);
        if (positions is not null && WidthOf(positions, outputs[1], dimensions.Width, batch.Texts.Count) != width)
            throw Misshapen(positions, outputs[1], batch.Texts.Count, width);
        using var all = new Floats(outputs[0]);
        int[] rows = ArrayPool<int>.Shared.Rent(width);
        try
        {
            for (int i = 0; i < vectors.Length; i++)
            {
                int start = i * width;
                ReadOnlySpan<float> own = all.Values.Slice(start, dimensions.VocabularySize);
                OutputChecks.RequireWeights(own, i);
                ReadOnlySpan<int> ids = dimensions.IdsOf(own, minWeight);
                if (positions is not null) ReadPositions(outputs[1], start, ids, batch.Texts[i].Count, i, rows);
                vectors[i] = dimensions.ToVector(own, ids, positions is null ? [] : rows, batch.Texts[i]);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    // Of the terms alone, which are few.
    private static void ReadPositions(
        OrtValue output, int start, ReadOnlySpan<int> ids, int tokens, int text, Span<int> rows)
    {
        WholeNumbers.Read(output, start, ids, rows);
        foreach (int id in ids)
        {
            if ((uint)rows[id] >= (uint)tokens)
                throw new BadOutputException(text, $"the winning position {rows[id]}, of {tokens},");
        }
    }
}
