using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>
/// A SPLADE model on ONNX Runtime: tokenizes like Hugging Face, runs the graph, pools its logits, and keeps for each
/// term the stretch of the text that it won by. Safe to share between threads.
/// </summary>
public sealed partial class OnnxSparseEncoder : ISparseEncoder
{
    private readonly EncoderSettings _settings;
    private readonly TextTokenizer _tokenizer;
    private readonly OnnxGraph _graph;
    private readonly SpladeHead _head;
    private readonly HashSet<int> _special;
    private readonly BatchLayout _layout;
    private readonly BatchPlan _plan;
    private readonly Treatment _asText, _asQuery;
    private readonly QueryTable? _queries;
    private readonly WordPairs? _pairs;
    private long _tokensEncoded;
    private volatile bool _disposed;

    private OnnxSparseEncoder(ModelFolder folder, EncoderSettings settings, string modelHash, OnnxGraph graph)
    {
        TokenizerSettings tokenizer = folder.Tokenizer;
        (_settings, _graph, _tokenizer) = (settings, graph, tokenizer.NewTokenizer());
        Fingerprint = settings.Fingerprint(modelHash, tokenizer);
        var dimensions = new TermDimensions(tokenizer, folder.Config.Entries);
        _head = SpladeHead.For(graph.Signature.Outputs, settings.Head, dimensions, settings.Pruning.MinWeight);
        _pairs = folder.Splade.NewPairs(tokenizer.Vocabulary);
        _special = [.. SpecialTokens.Of(tokenizer)];
        _layout = new BatchLayout(tokenizer.PaddingId, graph.Signature.Width, folder.Config.FirstPlace);
        _queries = folder.Queries is { } queries ? folder.NewQueryTable(
            queries.Weights, settings.QueryTokens, _pairs, settings.QueryTermSaturation) : null;
        _asText = new Treatment(settings.TextTokens, settings.Pruning, null, null, IsQuery: false);
        _asQuery = new Treatment(settings.QueryTokens, settings.QueryPruning, settings.QueryExpansionWeight == 1 ? null
            : new ExpansionScale(settings.QueryExpansionWeight, tokenizer.Vocabulary),
            RepeatedWords.Of(settings.QueryTermSaturation, tokenizer.Vocabulary), IsQuery: true);
        SpladeHead whole = SpladeHead.For(graph.Signature.Outputs, settings.Head, dimensions, minWeight: 0);
        bool together = GraphProbe.KeepsTextsApart(graph, whole, dimensions, tokenizer, _layout);
        _plan = new BatchPlan((together ? settings : settings.OneByOne()).BatchTokenBudget, settings.BatchTexts, _layout.Width);
        GraphProbe.RequirePositions(folder.ModelPath, graph, _head, dimensions, tokenizer, _layout,
            settings.ProbedRun(graph.Signature.Outputs.Kind, dimensions.VocabularySize));
    }

    /// <summary>
    /// Loads a folder in Hugging Face's or sentence-transformers' style: <c>model.onnx</c>, there or in <c>onnx/</c>;
    /// <c>tokenizer.json</c>, or <c>vocab.txt</c> with an optional <c>tokenizer_config.json</c>; optional
    /// <c>config.json</c>, <c>modules.json</c> with what it names, <c>router_config.json</c> and <c>splade.json</c>. The
    /// graph's inputs are <c>input_ids</c> and, if it has them, <c>attention_mask</c>, <c>token_type_ids</c> and
    /// <c>position_ids</c>, Int32 or Int64 [texts, tokens], any number of tokens or one that texts are padded to. It may
    /// put out, as Float or Float16, <c>logits</c> [texts, tokens, vocabulary], which are pooled here; or <c>weights</c>
    /// [texts, vocabulary] or [texts, 1, vocabulary], which it has pooled itself, with or without <c>positions</c>, the
    /// tokens that won them, Int32 or Int64, 0 being the first special token; or <c>output_idx</c> and
    /// <c>output_weights</c>, the ids of the entries that have a weight, and the weights; or one weight a token,
    /// [texts, tokens, 1], as BGE-M3 does. Rows may be padded to a multiple of 8 to 128,
    /// or be as many as <c>vocab_size</c> of config.json.
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
        GraphFile file = GraphFile.Read(folder.ModelPath);
        string modelHash = ModelHash.Of(folder.ModelPath, file);
        OnnxGraph graph = OnnxGraph.Open(
            folder.ModelPath, new OutputWidth(folder.Tokenizer.Vocabulary.Size, folder.Config.Entries), options, folder.Config.Kind);
        try
        {
            folder.Config.RequireFamily(graph.Signature, folder.Tokenizer);
            EncoderSettings settings = EncoderSettings.Resolve(options, folder, graph.Signature);
            return new OnnxSparseEncoder(folder, file.QuantizesDynamically ? settings.OneByOne() : settings, modelHash, graph);
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

    /// <inheritdoc/>
    public ModelFingerprint Fingerprint { get; }

    /// <summary>
    /// Whether terms know the stretch of the text that they won by. Not so where the graph pools its logits itself and
    /// does not put the winning <c>positions</c> out; matches then cannot be traced to words.
    /// </summary>
    public bool HasSpans => _head.HasSpans;

    /// <summary>
    /// What would make the model lighter to run, as a sentence: the logits of its longest text are larger than 128 MB, and
    /// <see cref="ModelFuser"/> makes a copy that needs a fraction. Null where there is nothing to advise.
    /// </summary>
    public string? Advice => _settings.AdviceFor(Signature, _tokenizer.VocabularySize);

    /// <inheritdoc/>
    public long? TokensEncoded => Interlocked.Read(ref _tokensEncoded);

    /// <summary>
    /// Encodes one text. A text longer than the model sees is encoded in windows, or cut off where there are none
    /// (<see cref="ModelFingerprint.Windows"/>).
    /// </summary>
    /// <param name="text">Any string. Empty text, and text of which nothing is left but special and unknown tokens,
    /// gives <see cref="SparseVector.Empty"/>.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="SparseEncodingException">
    /// The model put out NaN, infinity or a negative weight, or does not run for this text.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public SparseVector Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EncodeOne(text, _asText, CancellationToken.None);
    }

    /// <summary>
    /// Encodes a query: as <see cref="Encode"/>, without the terms that <see cref="QueryPruning"/> drops, with
    /// expansions that weigh <see cref="QueryExpansionWeight"/> as much, and with more weight for the words that it repeats
    /// (<see cref="QueryTermSaturation"/>). A folder whose <c>router_config.json</c> sends
    /// queries to a <c>SparseStaticEmbedding</c> has them weighed by that table, without running the model.
    /// Of a long query only the first tokens are read (<see cref="OnnxSparseEncoderOptions.MaxQueryTokens"/>). Thread-safe.
    /// </summary>
    /// <param name="text">Any string.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="SparseEncodingException">As for <see cref="Encode"/>.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public SparseVector EncodeQuery(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EncodeAsQuery(text, CancellationToken.None);
    }

    /// <summary>The same as <see cref="EncodeQuery"/>, on the thread pool.</summary>
    /// <param name="text">Any string.</param>
    /// <param name="cancellationToken">Ends the work, within a run of the model too.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="SparseEncodingException">As for <see cref="Encode"/>.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SparseVector> EncodeQueryAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Run(() => EncodeAsQuery(text, cancellationToken), cancellationToken);
    }

    private SparseVector EncodeAsQuery(string text, CancellationToken cancellationToken)
    {
        if (_queries is null) return EncodeOne(text, _asQuery, cancellationToken);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _queries.Encode(text).Prune(QueryPruning);
    }

    /// <summary>
    /// Which terms of a query are too light to keep. What is in the index doesn't depend on it, so it is no part of the
    /// fingerprint.
    /// </summary>
    public Pruning QueryPruning => _settings.QueryPruning;

    /// <summary>
    /// What the weights of a query's expansions, the terms that are none of its own tokens, are multiplied by. What is
    /// in the index doesn't depend on it either.
    /// </summary>
    public float QueryExpansionWeight => _settings.QueryExpansionWeight;

    /// <summary>
    /// How much it counts that a query says a word several times
    /// (<see cref="OnnxSparseEncoderOptions.QueryTermSaturation"/>). What is in the index doesn't depend on it.
    /// </summary>
    public float QueryTermSaturation => _settings.QueryTermSaturation;

    /// <inheritdoc/>
    public float QueryIdfExponent => _settings.QueryIdfExponent;

    /// <inheritdoc/>
    public float FloorShare => _settings.FloorShare;

    /// <inheritdoc/>
    public float? FusionWeight => _settings.FusionWeight;

    /// <summary>
    /// Encodes <paramref name="texts"/> in batches of texts of like length, on the thread pool: while the model runs, the next
    /// texts become tokens and what it put out last becomes vectors (logits, which are large, do so before the next run). Vectors come in the order of the texts; each equals what
    /// <see cref="Encode"/> gives for its text, up to the runtime's rounding.
    /// </summary>
    /// <param name="texts">The texts; none may be null.</param>
    /// <param name="cancellationToken">Ends the work between two batches and within one.</param>
    /// <exception cref="ArgumentException">A text is null; the message has its index.</exception>
    /// <exception cref="SparseEncodingException">The model put out what <see cref="Encode"/> refuses.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        RequireTexts(texts);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Run(() => EncodeAllAsync(texts, cancellationToken), cancellationToken);
    }

    /// <summary>Frees the model. Runs that go on end first; what is asked for afterwards is refused.</summary>
    public void Dispose()
    {
        _disposed = true;
        _graph.Dispose();
    }

    /// <summary>For tests that have to act while a run goes on.</summary>
    internal bool IsRunning => _graph.IsRunning;

    /// <summary>What goes into the graph, and what comes out.</summary>
    internal GraphSignature Signature => _graph.Signature;

    /// <summary>How its logits are pooled.</summary>
    internal HeadSettings Head => _settings.Head;

    /// <summary>Whether a run may hold several texts.</summary>
    internal bool RunsBatches => _plan.Tokens > 0;
}
