using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// BGE-M3's head: the graph says what each token weighs, [texts, tokens] or [texts, tokens, 1], and a term is a token of
/// the text itself, with the largest weight that it has anywhere. What isn't positive weighs nothing.
/// </summary>
internal sealed class TokenWeightsHead(string output, TermDimensions dimensions, float minWeight) : SpladeHead
{
    public override bool HasSpans => true;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    public override void Read(TokenBatch batch, IReadOnlyList<OrtValue> outputs, Span<SparseVector> vectors)
    {
        long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
        if (shape is not ([_, _] or [_, _, 1]) || shape[0] != batch.Texts.Count || shape[1] != batch.Width)
            throw Misshapen(Outputs[0], outputs[0], batch.Texts.Count, batch.Width);
        using var weights = new Floats(outputs[0]);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] = Read(weights.Values.Slice(i * batch.Width, batch.Texts[i].Count), batch, i);
    }

    private SparseVector Read(ReadOnlySpan<float> weights, TokenBatch batch, int text)
    {
        var best = new Dictionary<int, (float Weight, int Row)>();
        for (int row = 0; row < weights.Length; row++)
        {
            float weight = weights[row];
            if (!(weight < float.PositiveInfinity)) throw new BadOutputException(text, BadOutputException.NotFinite);
            int id = batch.Texts[text].Ids[row];
            if (weight > 0 && weight >= minWeight && dimensions.IsTerm(id)
                && (!best.TryGetValue(id, out (float Weight, int Row) other) || weight > other.Weight))
                best[id] = (weight, row);
        }

        return SparseVector.Create(best.Select(term => new SparseTerm(
            dimensions.TermOf(term.Key), term.Value.Weight, batch.Texts[text].SpanAt(term.Value.Row))));
    }
}
