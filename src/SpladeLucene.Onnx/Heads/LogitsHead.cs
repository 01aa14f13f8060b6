using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// The head of SPLADE v2 and later over logits [texts, tokens, vocabulary]: for each vocabulary entry
/// max over positions of log(1 + ReLU(logit)), equation 6 of arXiv:2109.10086. The function grows with the logit, so
/// the maximum is taken first and the logarithm once. The special tokens around a text are pooled like the others,
/// padding never is; the dimensions of special tokens are dropped.
/// </summary>
internal sealed class LogitsHead(string output, TermDimensions dimensions, float minWeight) : Head
{
    public override string Name => "max-log1p-relu";

    public override IReadOnlyList<string> Outputs { get; } = [output];

    public override void Read(TokenBatch batch, IReadOnlyList<OrtValue> outputs, Span<SparseVector> vectors)
    {
        long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
        long[] expected = [batch.Texts.Count, batch.Width, dimensions.VocabularySize];
        if (!shape.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidDataException($"output '{Outputs[0]}' has the shape [{string.Join(", ", shape)}] "
                + $"where [{string.Join(", ", expected)}] was due");
        }

        ReadOnlySpan<float> logits = outputs[0].GetTensorDataAsSpan<float>();
        int stride = batch.Width * dimensions.VocabularySize;
        for (int i = 0; i < vectors.Length; i++)
        {
            int used = batch.Texts[i].Count * dimensions.VocabularySize;
            vectors[i] = Pool(logits.Slice(i * stride, used), batch.Texts[i])
                ?? throw new NonFiniteOutputException(i);
        }
    }

    private SparseVector? Pool(ReadOnlySpan<float> logits, TokenSequence tokens)
    {
        float[] maxima = ArrayPool<float>.Shared.Rent(dimensions.VocabularySize);
        int[] rows = ArrayPool<int>.Shared.Rent(dimensions.VocabularySize);
        try
        {
            bool finite = MaxPool.TryPool(
                logits, maxima.AsSpan(0, dimensions.VocabularySize), rows.AsSpan(0, dimensions.VocabularySize));
            return finite ? ToVector(maxima, rows, tokens) : null;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(maxima);
            ArrayPool<int>.Shared.Return(rows);
        }
    }

    private SparseVector ToVector(float[] maxima, int[] rows, TokenSequence tokens)
    {
        var terms = new List<SparseTerm>();
        foreach (int id in dimensions.InOrder)
        {
            if (!(maxima[id] > 0)) continue;
            // In double precision log(1 + x) is exact enough for the smallest x that matters.
            float weight = (float)Math.Log(1 + (double)maxima[id]);
            if (weight > 0 && weight >= minWeight)
                terms.Add(new SparseTerm(dimensions.TermOf(id), weight, tokens.SpanAt(rows[id])));
        }

        return SparseVector.FromOrdered([.. terms]);
    }
}
