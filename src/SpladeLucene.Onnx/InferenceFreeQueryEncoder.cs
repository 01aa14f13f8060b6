using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>
/// Encodes queries without running a model: each distinct token of the query weighs what <c>idf.json</c> says, and more
/// where the query repeats it, if the folder has that count
/// (<see cref="OnnxSparseEncoderOptions.QueryTermSaturation"/>). It goes with documents that the folder's model has
/// encoded, and is right for models that were trained so (OpenSearch's doc models) or whose IDF table was fitted to them.
/// Safe to share between threads.
/// </summary>
public sealed class InferenceFreeQueryEncoder : ISparseEncoder
{
    private readonly QueryTable _table;
    private readonly QuerySettings _settings;
    private volatile bool _disposed;

    private InferenceFreeQueryEncoder(QueryTable table, QuerySettings settings, ModelFingerprint fingerprint, int unknown) =>
        (_table, _settings, Fingerprint, UnknownEntries) = (table, settings, fingerprint, unknown);

    /// <summary>
    /// That of the documents' model, which the queries of this encoder may be compared with; its pruning and length
    /// normalization are the documents' and leave queries alone.
    /// </summary>
    public ModelFingerprint Fingerprint { get; }

    /// <summary><see cref="ISparseEncoder.QueryIdfExponent"/>: as the options say, else the <c>splade.json</c> of a folder whose
    /// router names the table, else 0.</summary>
    public float QueryIdfExponent => _settings.IdfExponent;

    /// <summary><see cref="ISparseEncoder.FloorShare"/>: the same, else 0.</summary>
    public float FloorShare => _settings.FloorShare;

    /// <summary><see cref="ISparseEncoder.FusionWeight"/>: the same, else null.</summary>
    public float? FusionWeight => _settings.FusionWeight;

    /// <summary>
    /// How many entries of <c>idf.json</c> the vocabulary lacks; published tables have a few. They are left out.
    /// </summary>
    public int UnknownEntries { get; }

    /// <summary>
    /// Loads a model's folder: the tokenizer as <see cref="OnnxSparseEncoder.Load"/> reads it, and <c>idf.json</c>,
    /// <c>{"token": weight, …}</c>, in which weights are 0 or more, tokens that are absent weigh nothing, and most entries
    /// are the vocabulary's; or the <c>SparseStaticEmbedding</c> of a <c>router_config.json</c>. The graph is hashed and
    /// not run. What <c>splade.json</c> says of queries and of their hits (<c>queryMaxTerms</c>, <c>queryMinWeight</c>,
    /// <c>queryMinRatio</c>, <c>queryIdfExponent</c>, <c>floorShare</c>, <c>fusionWeight</c>) counts for the router's table, as
    /// in <see cref="OnnxSparseEncoder.EncodeQuery"/>. For <c>idf.json</c> it doesn't: it was chosen for the queries that the
    /// model encodes, and the options say what these are to have. A table makes no expansions for <c>queryExpansionWeight</c>.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">
    /// Those that the documents are encoded with, of which all but queries enter the fingerprint alone; null for the folder's
    /// own. <see cref="OnnxSparseEncoderOptions.QueryPruning"/>, <see cref="OnnxSparseEncoderOptions.QueryIdfExponent"/>,
    /// <see cref="OnnxSparseEncoderOptions.QueryTermSaturation"/>, <see cref="OnnxSparseEncoderOptions.FloorShare"/> and
    /// <see cref="OnnxSparseEncoderOptions.FusionWeight"/> count for either
    /// table. What is longer than <see cref="OnnxSparseEncoderOptions.MaxQueryTokens"/> is cut off, windows or not; by default
    /// as many count as the <c>SparseStaticEmbedding</c>'s own tokenizer says, else as the model sees.
    /// </param>
    /// <exception cref="ModelLoadException">A file is missing, damaged, or doesn't fit the others.</exception>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    public static InferenceFreeQueryEncoder Load(string directory, OnnxSparseEncoderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        options ??= new OnnxSparseEncoderOptions();
        ModelFolder folder = ModelFolder.Open(directory, options.ModelFile);
        (float[] weights, int unknown) = folder.Queries is { } own ? (own.Weights, 0)
            : IdfJson.Read(Path.Combine(directory, "idf.json"), folder.Tokenizer.Vocabulary);
        EncoderSettings settings = EncoderSettings.Resolve(options, folder.ForTable());
        ModelFingerprint fingerprint =
            settings.Fingerprint(ModelHash.Of(folder.ModelPath, GraphFile.Read(folder.ModelPath)), folder.Tokenizer);
        QueryTable table = folder.NewQueryTable(
            weights, settings.QueryTokens, folder.Splade.NewPairs(folder.Tokenizer.Vocabulary), settings.QueryTermSaturation);
        return new InferenceFreeQueryEncoder(table, QuerySettings.Of(settings), fingerprint, unknown);
    }

    /// <summary>
    /// Loads a query side alone, for documents whose model isn't here, such as imported vectors: the tokenizer of
    /// <paramref name="directory"/>, and its <c>idf.json</c> or <c>SparseStaticEmbedding</c> as <see cref="Load"/> reads them.
    /// No graph is needed. That the table goes with the documents is the caller's word, but for <c>wordsInPieces</c>, which is as the
    /// documents' fingerprint says it; of imported vectors it says nothing. What <c>splade.json</c> says of queries counts as in
    /// <see cref="Load"/>.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="documents">The fingerprint that the documents carry. Of a query so many tokens count as the
    /// <c>SparseStaticEmbedding</c>'s own tokenizer says, else as the fingerprint says that the model sees, and 512 where it says
    /// 0.</param>
    /// <exception cref="ModelLoadException">A file is missing, damaged, or doesn't fit the others, or the words that the vocabulary
    /// lacks match otherwise than in the documents.</exception>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    public static InferenceFreeQueryEncoder LoadTable(string directory, ModelFingerprint documents)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        ArgumentNullException.ThrowIfNull(documents);
        int limit = documents.MaxTokens > TextWindows.SpecialTokens ? documents.MaxTokens : EncoderSettings.DefaultMaxTokens;
        (QueryTable table, QuerySettings settings, int unknown) = ModelFolder.OpenTable(directory, limit, documents);
        return new InferenceFreeQueryEncoder(table, settings, documents, unknown);
    }

    /// <summary>The distinct tokens of <paramref name="text"/> that weigh something and that pruning keeps, each with the span
    /// where it stands first.</summary>
    /// <param name="text">Any string.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public SparseVector Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _table.Encode(text).Prune(_settings.Pruning);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A text is null; the message has its index.</exception>
    public Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        OnnxSparseEncoder.RequireTexts(texts);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Run<IReadOnlyList<SparseVector>>(() => EncodeAll(texts, cancellationToken), cancellationToken);
    }

    /// <summary>What is asked for afterwards is refused.</summary>
    public void Dispose() => _disposed = true;

    private SparseVector[] EncodeAll(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        SparseVector[] vectors = new SparseVector[texts.Count];
        for (int i = 0; i < vectors.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectors[i] = Encode(texts[i]);
        }

        return vectors;
    }
}
