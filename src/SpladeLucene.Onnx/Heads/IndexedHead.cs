using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;

namespace SpladeLucene.Onnx.Heads;

/// <summary>
/// Weights that the graph has pooled and thinned out itself: the ids of the entries that have one, and their weights.
/// How many there are differs from text to text, so a run holds one text. There are no spans.
/// </summary>
internal sealed class IndexedHead(string ids, string idWeights, TermDimensions dimensions, float minWeight) : SpladeHead
{
    public override bool HasSpans => false;

    public override bool ReadsBatches => false;

    public override IReadOnlyList<string> Outputs { get; } = [ids, idWeights];

    public override void Read(TokenBatch batch, IReadOnlyList<OrtValue> outputs, Span<SparseVector> vectors)
    {
        if (batch.Texts.Count != 1)
            throw new InvalidDataException($"output '{Outputs[0]}' is of one text, and {batch.Texts.Count} went in");
        // [entries], [1, entries] and [entries, 1] are all in use.
        using var weights = new Floats(outputs[1]);
        ReadOnlySpan<float> own = weights.Values;
        OutputChecks.RequireWeights(own, 0);
        int[] entries = new int[own.Length];
        WholeNumbers.ReadAll(Outputs[0], outputs[0], entries);
        float[] dense = ArrayPool<float>.Shared.Rent(dimensions.VocabularySize);
        try
        {
            Span<float> all = dense.AsSpan(0, dimensions.VocabularySize);
            Spread(entries, own, all);
            vectors[0] = dimensions.ToVector(all, minWeight, [], batch.Texts[0]);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(dense);
        }
    }

    // Entries without weight may stand there any number of times: they fill the row up.
    private static void Spread(ReadOnlySpan<int> entries, ReadOnlySpan<float> weights, Span<float> all)
    {
        all.Clear();
        for (int i = 0; i < entries.Length; i++)
        {
            if (weights[i] == 0) continue;
            if ((uint)entries[i] >= (uint)all.Length)
                throw new BadOutputException(0, $"the id {entries[i]}, beyond a vocabulary of {all.Length},");
            if (all[entries[i]] > 0) throw new BadOutputException(0, $"the id {entries[i]} twice");
            all[entries[i]] = weights[i];
        }
    }
}
