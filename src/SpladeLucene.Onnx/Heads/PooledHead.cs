using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Tokenization;

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
        int width = WidthOf(Outputs[0], outputs[0], dimensions.VocabularySize, due);
        if (positions is not null && WidthOf(positions, outputs[1], dimensions.VocabularySize, batch.Texts.Count) != width)
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
                ReadOnlySpan<int> won = positions is null
                    ? [] : Positions(outputs[1], start, own, batch.Texts[i], i, rows);
                vectors[i] = dimensions.ToVector(own, minWeight, won, batch.Texts[i]);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    private static ReadOnlySpan<int> Positions(
        OrtValue output, int start, ReadOnlySpan<float> weights, TokenSequence tokens, int text, int[] rows)
    {
        Span<int> found = rows.AsSpan(0, weights.Length);
        WholeNumbers.Read(output, start, found);
        for (int i = 0; i < found.Length; i++)
        {
            if (weights[i] > 0 && (uint)found[i] >= (uint)tokens.Count)
                throw new BadOutputException(text, $"the winning position {found[i]}, of {tokens.Count},");
        }

        return found;
    }
}
