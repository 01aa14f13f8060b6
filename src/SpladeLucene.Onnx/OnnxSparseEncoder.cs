using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>
/// A SPLADE model on ONNX Runtime: tokenizes like Hugging Face, runs the graph, pools its logits, and keeps for each
/// term the stretch of the text that it won by. Safe to share between threads.
/// </summary>
public sealed partial class OnnxSparseEncoder : ISparseEncoder, ITokenMeter
{
    private readonly BertTokenizer _tokenizer;
    private readonly OnnxGraph _graph;
    private readonly SpladeHead _head;
    private readonly HashSet<int> _special;
    private readonly int _padding;
    private readonly int _budget;
    private readonly Treatment _asText, _asQuery;
    private long _tokensEncoded;
    private volatile bool _disposed;

    /// <inheritdoc/>
    public ModelFingerprint Fingerprint { get; }

    /// <summary>
    /// Whether terms know the stretch of the text that they won by. Not so where the graph pools its logits itself and
    /// does not put the winning <c>positions</c> out; matches then cannot be traced to words.
    /// </summary>
    public bool HasSpans => _head.HasSpans;

    /// <inheritdoc/>
    public long TokensEncoded => Interlocked.Read(ref _tokensEncoded);

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
        return EncodeAll([text], _asText, CancellationToken.None)[0];
    }

    /// <summary>
    /// Encodes a query: as <see cref="Encode"/>, without the terms that <see cref="QueryPruning"/> drops and with
    /// expansions that weigh <see cref="QueryExpansionWeight"/> as much. Thread-safe.
    /// </summary>
    /// <param name="text">Any string.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="SparseEncodingException">As for <see cref="Encode"/>.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public SparseVector EncodeQuery(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EncodeAll([text], _asQuery, CancellationToken.None)[0];
    }

    /// <summary>
    /// Which terms of a query are too light to keep. What is in the index doesn't depend on it, so it is no part of the
    /// fingerprint.
    /// </summary>
    public Pruning QueryPruning { get; }

    /// <summary>
    /// What the weights of a query's expansions, the terms that are none of its own tokens, are multiplied by. What is
    /// in the index doesn't depend on it either.
    /// </summary>
    public float QueryExpansionWeight { get; }

    /// <inheritdoc/>
    public float QueryIdfExponent { get; }

    /// <summary>
    /// Encodes <paramref name="texts"/> in batches of texts of like length, on the thread pool. Vectors come in the
    /// order of the texts; each equals what <see cref="Encode"/> gives for its text, up to the runtime's rounding.
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
        Texts.Require(texts);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Task.Run<IReadOnlyList<SparseVector>>(() => EncodeAll(texts, _asText, cancellationToken), cancellationToken);
    }

    /// <summary>Frees the model. Runs that go on end first; what is asked for afterwards is refused.</summary>
    public void Dispose()
    {
        _disposed = true;
        _graph.Dispose();
    }

    /// <summary>For tests that have to act while a run goes on.</summary>
    internal bool IsRunning => _graph.IsRunning;

    private SparseVector[] EncodeAll(
        IReadOnlyList<string> texts, Treatment treatment, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SparseVector[] vectors = new SparseVector[texts.Count];
        Array.Fill(vectors, SparseVector.Empty);
        int limit = Fingerprint.Windows == TextWindows.None ? Fingerprint.MaxTokens : int.MaxValue;
        var group = new TokenGroup(Fingerprint.Windows);
        for (int i = 0; i < texts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            group.Add(i, _tokenizer.Encode(texts[i], limit), _special.Contains);
            if (!group.IsFull && i < texts.Count - 1) continue;
            EncodeGroup(group, treatment, vectors, cancellationToken);
            group = new TokenGroup(Fingerprint.Windows);
        }

        return vectors;
    }

    private void EncodeGroup(
        TokenGroup group, Treatment treatment, SparseVector[] vectors, CancellationToken cancellationToken)
    {
        foreach (int[] windows in BatchPlan.Cut(group.Lengths, _budget))
        {
            TokenSequence[] together = Array.ConvertAll(windows, group.TokensOf);
            SparseVector[] encoded = EncodeBatch(together, place => group.TextOf(windows[place]), cancellationToken);
            for (int i = 0; i < windows.Length; i++) group.SetVector(windows[i], encoded[i]);
        }

        foreach ((int index, TokenSequence tokens, SparseVector vector) in group.Vectors())
            vectors[index] = Fingerprint.Length.Apply(treatment.Of(vector, tokens));
    }

    private SparseVector[] EncodeBatch(
        TokenSequence[] sequences, Func<int, int> callersIndex, CancellationToken cancellationToken)
    {
        var batch = new TokenBatch(sequences, _padding);
        SparseVector[] vectors = new SparseVector[sequences.Length];
        try
        {
            _graph.Run(batch, _head.Outputs, outputs => _head.Read(batch, outputs, vectors), cancellationToken);
            Interlocked.Add(ref _tokensEncoded, sequences.Sum(sequence => (long)sequence.Count));
        }
        catch (BadOutputException e)
        {
            throw new SparseEncodingException(callersIndex(e.Index), $"The model put out {e.Message}", e);
        }
        catch (Exception e) when (e is OnnxRuntimeException or InvalidDataException)
        {
            if (sequences.Length > 1) return EncodeEach(sequences, callersIndex, cancellationToken);
            throw new SparseEncodingException(
                callersIndex(0), $"The model fails on {sequences[0].Count} tokens ({e.Message})", e);
        }

        return vectors;
    }

    // A batch fails as a whole: alone, each text runs or shows itself.
    private SparseVector[] EncodeEach(
        TokenSequence[] sequences, Func<int, int> callersIndex, CancellationToken cancellationToken) =>
        [.. sequences.Select((sequence, i) => EncodeBatch([sequence], _ => callersIndex(i), cancellationToken)[0])];

    private readonly record struct Treatment(Pruning Pruning, ExpansionScale? Expansions)
    {
        // Pruned first: the smallest weight is meant for what the model puts out.
        public SparseVector Of(SparseVector vector, TokenSequence tokens) =>
            Expansions is null ? vector.Prune(Pruning) : Expansions.Apply(vector.Prune(Pruning), tokens);
    }
}
