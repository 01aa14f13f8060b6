using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

public sealed partial class OnnxSparseEncoder
{
    // Logits of this size are still in the cache when they are pooled: on the models tried, batches of 64 MB took twice
    // as long a text.
    private const long LogitBytes = 8 << 20;

    private OnnxSparseEncoder(ModelFolder folder, string modelHash, OnnxGraph graph, OnnxSparseEncoderOptions options)
    {
        Vocabulary vocabulary = folder.Tokenizer.Vocabulary;
        Pruning pruning = folder.PruningOf(options);
        _graph = graph;
        _tokenizer = new BertTokenizer(folder.Tokenizer);
        var dimensions = new TermDimensions(folder.Tokenizer);
        _head = SpladeHead.For(graph.Signature.Outputs, folder.Splade.Head, dimensions, pruning.MinWeight);
        _special = [.. SpecialTokens.Of(folder.Tokenizer)];
        _padding = vocabulary.IdOf(TokenizerSettings.DefaultPadding);
        // A budget that no text fits makes each text a batch of its own.
        _budget = GraphProbe.KeepsTextsApart(graph, _head, dimensions, folder.Tokenizer)
            ? options.BatchTokenBudget ?? (int)Math.Max(1, LogitBytes / sizeof(float) / vocabulary.Size) : 0;
        Fingerprint = folder.Fingerprint(modelHash, options);
        QueryPruning = folder.QueryPruningOf(options);
        QueryExpansionWeight = folder.QueryExpansionWeightOf(options);
        QueryIdfExponent = folder.QueryIdfExponentOf(options);
        _asText = new Treatment(Fingerprint.Pruning, null);
        _asQuery = new Treatment(QueryPruning, QueryExpansionWeight == 1 ? null
            : new ExpansionScale(QueryExpansionWeight, vocabulary));
        RequirePositions(folder, dimensions);
    }

    // Some graphs have fewer positions than their folder says, which shows only when a long text comes.
    private void RequirePositions(ModelFolder folder, TermDimensions dimensions)
    {
        int tokens = Math.Min(Fingerprint.MaxTokens, Fingerprint.Windows.Tokens);
        try
        {
            GraphProbe.RunLongest(_graph, _head, dimensions, folder.Tokenizer, tokens);
        }
        catch (Exception e) when (e is InvalidDataException or OnnxRuntimeException)
        {
            throw new ModelLoadException(folder.ModelPath,
                $"a short text runs, and one of {tokens} tokens fails ({e.Message})",
                "a graph that sees that many, or a lower limit: 'maxTokens' in splade.json, 'max_position_embeddings' "
                + $"in config.json or {nameof(OnnxSparseEncoderOptions)}.{nameof(OnnxSparseEncoderOptions.MaxTokens)}",
                e);
        }
    }

    /// <summary>
    /// Loads a folder in Hugging Face's style: <c>model.onnx</c> (inputs <c>input_ids</c>, <c>attention_mask</c> and,
    /// if it has it, <c>token_type_ids</c>, Int64 [texts, tokens]; outputs as below); <c>tokenizer.json</c>, or
    /// <c>vocab.txt</c> with an optional <c>tokenizer_config.json</c>; optional <c>config.json</c> and
    /// <c>splade.json</c>. The graph may put out <c>logits</c>, Float [texts, tokens, vocabulary], which are pooled
    /// here; or <c>weights</c>, Float [texts, vocabulary], which it has pooled itself, with or without
    /// <c>positions</c>, the tokens that won them, Int32 or Int64 in the same shape, 0 being the first special token;
    /// or <c>output_idx</c> and <c>output_weights</c>, the ids of the entries that have a weight, and the weights.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">Limits and threads; null for the folder's own.</param>
    /// <exception cref="ModelLoadException">A file is missing, damaged, or doesn't fit the others.</exception>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    public static OnnxSparseEncoder Load(string directory, OnnxSparseEncoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        options ??= new OnnxSparseEncoderOptions();
        ModelFolder folder = ModelFolder.Open(directory, options.ModelFile);
        // First, because it names a missing or damaged file better than the runtime does.
        string modelHash = ModelHash.Of(folder.ModelPath);
        OnnxGraph graph = OnnxGraph.Open(folder.ModelPath, folder.Tokenizer.Vocabulary.Size, options.IntraOpThreads);
        try
        {
            return new OnnxSparseEncoder(folder, modelHash, graph, options);
        }
        catch (Exception e) when (e is InvalidDataException or OnnxRuntimeException)
        {
            graph.Dispose();
            throw new ModelLoadException(folder.ModelPath, $"a first run fails ({e.Message})", "a graph that runs", e);
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }
}
