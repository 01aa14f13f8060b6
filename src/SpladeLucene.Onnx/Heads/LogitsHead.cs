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

    public override IReadOnlyList<string> Outputs { get; } = [output];

    public override void Read(TokenBatch batch, IReadOnlyList<OrtValue> outputs, Span<SparseVector> vectors)
    {
        RequireShape(Outputs[0], outputs[0], batch.Texts.Count, batch.Width, dimensions.VocabularySize);
        ReadOnlySpan<float> logits = outputs[0].GetTensorDataAsSpan<float>();
        int stride = batch.Width * dimensions.VocabularySize;
        for (int i = 0; i < vectors.Length; i++)
        {
            int used = batch.Texts[i].Count * dimensions.VocabularySize;
            vectors[i] = Pool(logits.Slice(i * stride, used), batch.Texts[i])
                ?? throw new BadOutputException(i, BadOutputException.NotFinite);
        }
    }

    private SparseVector? Pool(ReadOnlySpan<float> logits, TokenSequence tokens)
    {
        float[] pooled = ArrayPool<float>.Shared.Rent(dimensions.VocabularySize);
        int[] rows = ArrayPool<int>.Shared.Rent(dimensions.VocabularySize);
        try
        {
            Span<float> weights = pooled.AsSpan(0, dimensions.VocabularySize);
            if (!MaxPool.TryPool(logits, weights, rows.AsSpan(0, dimensions.VocabularySize))) return null;
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
