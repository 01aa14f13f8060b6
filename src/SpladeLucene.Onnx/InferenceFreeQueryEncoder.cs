using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>
/// Encodes queries without running a model: each distinct token of the query weighs what <c>idf.json</c> says. It
/// goes with documents that the folder's model has encoded, and is right for models that were trained so (OpenSearch's
/// doc models) or whose IDF table was fitted to them. Safe to share between threads.
/// </summary>
public sealed class InferenceFreeQueryEncoder : ISparseEncoder
{
    private readonly QueryTable _table;
    private volatile bool _disposed;

    private InferenceFreeQueryEncoder(QueryTable table, ModelFingerprint fingerprint, int unknown) =>
        (_table, Fingerprint, UnknownEntries) = (table, fingerprint, unknown);

    /// <summary>
    /// That of the documents' model, which the queries of this encoder may be compared with; its pruning and length
    /// normalization are the documents' and leave queries alone.
    /// </summary>
    public ModelFingerprint Fingerprint { get; }

    /// <summary>
    /// How many entries of <c>idf.json</c> the vocabulary lacks; published tables have a few. They are left out.
    /// </summary>
    public int UnknownEntries { get; }

    /// <summary>
    /// Loads a model's folder: the tokenizer as <see cref="OnnxSparseEncoder.Load"/> reads it, and <c>idf.json</c>,
    /// <c>{"token": weight, …}</c>, in which weights are 0 or more, tokens that are absent weigh nothing, and most entries
    /// are the vocabulary's; or the <c>SparseStaticEmbedding</c> of a <c>router_config.json</c>. The graph is hashed and
    /// not run.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="options">
    /// Those that the documents are encoded with; null for the folder's own. They only enter the fingerprint, but for
    /// <see cref="OnnxSparseEncoderOptions.MaxTokens"/>: what is longer is cut off, windows or not.
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
        ModelFingerprint fingerprint = EncoderSettings.Resolve(options, folder)
            .Fingerprint(ModelHash.Of(folder.ModelPath, GraphFile.Read(folder.ModelPath)), folder.Tokenizer);
        int limit = options.MaxTokens ?? folder.Queries?.MaxTokens ?? fingerprint.MaxTokens;
        return new InferenceFreeQueryEncoder(
            folder.NewQueryTable(weights, limit, folder.Splade.NewPairs(folder.Tokenizer.Vocabulary)), fingerprint, unknown);
    }

    /// <summary>
    /// Loads a query side alone, for documents whose model isn't here, such as imported vectors: the tokenizer of
    /// <paramref name="directory"/>, and its <c>idf.json</c> or <c>SparseStaticEmbedding</c> as <see cref="Load"/> reads them.
    /// No graph is needed. That the table goes with the documents is the caller's word, but for <c>wordsInPieces</c>, which is as the
    /// documents' fingerprint says it; of imported vectors it says nothing.
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
        (QueryTable table, int unknown) = ModelFolder.OpenTable(directory, limit, documents);
        return new InferenceFreeQueryEncoder(table, documents, unknown);
    }

    /// <summary>The distinct tokens of <paramref name="text"/> that weigh something, each with the span where it stands
    /// first.</summary>
    /// <param name="text">Any string.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public SparseVector Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _table.Encode(text);
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
