using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// The head of SPLADE over logits [texts, tokens, vocabulary]: for each vocabulary entry the maximum over positions of
/// log(1 + ReLU(logit)), equation 6 of arXiv:2109.10086, or as <see cref="HeadSettings"/> says. The activation grows
/// with the logit, so the maximum is taken first and the logarithm once. The special tokens around a text are pooled
/// like the others, padding never is; the dimensions of special tokens are dropped. A term's span is that of its
/// largest logit, of a sum too.
/// </summary>
internal sealed class LogitsHead(
    string output, HeadSettings settings, TermDimensions dimensions, float minWeight) : SpladeHead
{
    public override bool HasSpans => true;

    public override bool ReadsAtOnce => true;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    public override void Read(TokenBatch batch, IReadOnlyList<OrtValue> outputs, Span<SparseVector> vectors)
    {
        int width = WidthOf(Outputs[0], outputs[0], dimensions.Width, batch.Texts.Count, batch.Width);
        using var logits = new Floats(outputs[0]);
        for (int i = 0; i < vectors.Length; i++)
        {
            ReadOnlySpan<float> own = logits.Values.Slice(i * batch.Width * width, batch.Texts[i].Count * width);
            vectors[i] = Pool(own, width, batch.Texts[i])
                ?? throw new BadOutputException(i, BadOutputException.NotFinite);
        }
    }

    private SparseVector? Pool(ReadOnlySpan<float> logits, int width, TokenSequence tokens)
    {
        float[] pooled = ArrayPool<float>.Shared.Rent(width);
        int[] rows = ArrayPool<int>.Shared.Rent(width);
        try
        {
            Span<float> weights = pooled.AsSpan(0, width);
            if (!MaxPool.TryPool(logits, weights, rows.AsSpan(0, width))) return null;
            if (settings.Pooling == Pooling.Sum) SumPool.Pool(logits, weights, settings);
            else Activate(weights);
            return dimensions.ToVector(weights, minWeight, rows, tokens);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(pooled);
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    private void Activate(Span<float> maxima)
    {
        foreach (ref float value in maxima) value = value > 0 ? (float)settings.WeightOf(value) : 0;
    }
}
