using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Graph;

/// <summary>
/// Finds out by trying whether a graph keeps the texts of a batch apart. Some exports do not: they ignore the mask, or
/// have batch and position the wrong way round, and then a text's vector would depend on its neighbours.
/// </summary>
internal static class GraphProbe
{
    // Of the largest weight. Above rounding, below graphs whose activations are quantized with a scale for the batch.
    private const float Tolerance = 1e-3f;

    /// <summary>
    /// Whether a short text gives the same vector alone and beside a longer one. Not so where the graph takes one text
    /// only.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="head">One that keeps all weights: those that pruning drops differ as others do.</param>
    /// <param name="dimensions">What texts are made of.</param>
    /// <param name="settings">What stands around them.</param>
    /// <param name="layout">The batches'.</param>
    /// <exception cref="InvalidDataException">What came out for the text alone is not what is due.</exception>
    /// <exception cref="OnnxRuntimeException">The graph does not run for the text alone.</exception>
    public static bool KeepsTextsApart(
        OnnxGraph graph, SpladeHead head, TermDimensions dimensions, TokenizerSettings settings, BatchLayout layout)
    {
        if (dimensions.InOrder.IsEmpty) return true;
        int some = dimensions.InOrder[0], other = dimensions.InOrder[dimensions.InOrder.Length / 2];
        TokenSequence brief = Sequence(settings, some), longer = Sequence(settings, other, some, other, some, other);
        bool takesSeveral = head.ReadsBatches && graph.Signature.RunsBatches && !(layout.Width < longer.Count);
        try
        {
            SparseVector alone = Encode(graph, head, layout, brief);
            if (!takesSeveral) return false;
            if (Agree(alone, EncodeBeside(graph, head, layout, brief, longer)) is { } agree) return agree;
            (brief, longer) = (Sequence(settings, other), Sequence(settings, some, other, some, other, some));
            alone = Encode(graph, head, layout, brief);
            return Agree(alone, EncodeBeside(graph, head, layout, brief, longer)) ?? true;
        }
        catch (BadOutputException)
        {
            // The texts that matter will show it, and say which they are.
            return takesSeveral;
        }
    }

    /// <summary>
    /// Runs one text of so many tokens, the two around it included: some graphs have fewer positions than their folder
    /// says, which would show only when a long text comes.
    /// </summary>
    /// <exception cref="ModelLoadException">The graph does not run for it.</exception>
    public static void RequirePositions(string path,
        OnnxGraph graph, SpladeHead head, TermDimensions dimensions, TokenizerSettings settings, BatchLayout layout, int tokens)
    {
        if (dimensions.InOrder.IsEmpty) return;
        int[] words = new int[tokens - TextWindows.SpecialTokens];
        Array.Fill(words, dimensions.InOrder[0]);
        try
        {
            Encode(graph, head, layout, Sequence(settings, words));
        }
        catch (BadOutputException)
        {
            // As above.
        }
        catch (Exception e) when (e is InvalidDataException or OnnxRuntimeException)
        {
            throw new ModelLoadException(path, $"a short text runs, and one of {tokens} tokens fails ({e.Message})",
                "a graph that sees that many, or a lower limit: 'maxTokens' in splade.json, 'max_position_embeddings' "
                + $"in config.json or {nameof(OnnxSparseEncoderOptions)}.{nameof(OnnxSparseEncoderOptions.MaxTokens)}",
                e);
        }
    }

    // Two vectors without a weight say nothing.
    private static bool? Agree(SparseVector alone, SparseVector? beside) => beside is null ? false
        : alone.Count == 0 && beside.Count == 0 ? null
        : Difference(alone, beside) <= Tolerance * alone.Select(term => term.Weight).DefaultIfEmpty().Max();

    private static SparseVector? EncodeBeside(
        OnnxGraph graph, SpladeHead head, BatchLayout layout, TokenSequence brief, TokenSequence longer)
    {
        try
        {
            return Encode(graph, head, layout, brief, longer);
        }
        catch (Exception e) when (e is InvalidDataException or OnnxRuntimeException)
        {
            return null;
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
        OnnxGraph graph, SpladeHead head, BatchLayout layout, params TokenSequence[] texts)
    {
        var batch = new TokenBatch(texts, layout);
        SparseVector[] vectors = new SparseVector[texts.Length];
        using GraphRun run = graph.Run(batch, head.Outputs, CancellationToken.None);
        head.Read(batch, run.Outputs, vectors);
        return vectors[0];
    }

    private static float Difference(SparseVector one, SparseVector other) => one.Concat(other)
        .Select(term => Math.Abs(one.WeightOf(term.Term) - other.WeightOf(term.Term))).DefaultIfEmpty().Max();
}
