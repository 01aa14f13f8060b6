using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Batching;

/// <summary>
/// Finds out by trying whether a graph keeps the texts of a batch apart. Some exports do not: they ignore the mask, or
/// have batch and position the wrong way round, and then a text's vector would depend on its neighbours.
/// </summary>
internal static class BatchProbe
{
    // Graphs with quantized activations differ a little from batch to batch; graphs that mix texts, a lot.
    private const float Tolerance = 0.1f;

    /// <summary>Whether a short text gives the same vector alone and beside a longer one.</summary>
    public static bool KeepsTextsApart(
        OnnxGraph graph, Head head, TermDimensions dimensions, TokenizerSettings settings)
    {
        if (dimensions.InOrder.IsEmpty) return true;
        int some = dimensions.InOrder[0], other = dimensions.InOrder[dimensions.InOrder.Length / 2];
        TokenSequence brief = Sequence(settings, some), longer = Sequence(settings, other, some, other, some, other);
        try
        {
            SparseVector alone = Encode(graph, head, settings, brief);
            if (!head.ReadsBatches) return false;
            SparseVector beside = Encode(graph, head, settings, brief, longer);
            return Difference(alone, beside) <= Tolerance * alone.Select(term => term.Weight).DefaultIfEmpty().Max();
        }
        catch (BadOutputException)
        {
            // The texts that matter will show it, and say which they are.
            return head.ReadsBatches;
        }
    }

    private static TokenSequence Sequence(TokenizerSettings settings, params int[] ids)
    {
        var tokens = new TokenSequence();
        tokens.Add(settings.Vocabulary.IdOf(settings.FirstToken), null);
        foreach (int id in ids) tokens.Add(id, null);
        tokens.Add(settings.Vocabulary.IdOf(settings.LastToken), null);
        return tokens;
    }

    private static SparseVector Encode(
        OnnxGraph graph, Head head, TokenizerSettings settings, params TokenSequence[] texts)
    {
        var batch = new TokenBatch(texts, settings.Vocabulary.IdOf(TokenizerSettings.DefaultPadding));
        SparseVector[] vectors = new SparseVector[texts.Length];
        graph.Run(batch, head.Outputs, outputs => head.Read(batch, outputs, vectors), CancellationToken.None);
        return vectors[0];
    }

    private static float Difference(SparseVector one, SparseVector other) => one.Concat(other)
        .Select(term => Math.Abs(one.WeightOf(term.Term) - other.WeightOf(term.Term))).DefaultIfEmpty().Max();
}
