using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>
/// A SPLADE model on ONNX Runtime: tokenizes like Hugging Face, runs the graph, pools its logits, and keeps for each
/// term the stretch of the text that it won by. Safe to share between threads.
/// </summary>
public sealed partial class OnnxSparseEncoder : ISparseEncoder
{
    // Texts that are tokenized ahead and sorted by length together: enough to fill batches evenly, and what is held
    // in memory does not grow with the number of texts.
    private const int Window = 1024;

    private readonly TextTokenizer _tokenizer;
    private readonly OnnxGraph _graph;
    private readonly Head _head;
    private readonly HashSet<int> _special;
    private readonly int _padding;
    private readonly int _budget;
    private volatile bool _disposed;

    /// <inheritdoc/>
    public ModelFingerprint Fingerprint { get; }

    /// <summary>Encodes one text. A text longer than the model sees is cut off.</summary>
    /// <param name="text">Any string. Empty text, and text of which nothing is left but special and unknown tokens,
    /// gives <see cref="SparseVector.Empty"/>.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="EncodingException">The model put out NaN or infinity.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public SparseVector Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EncodeAll([text], CancellationToken.None)[0];
    }

    /// <summary>
    /// Encodes <paramref name="texts"/> in batches of texts of like length, on the thread pool. Vectors come in the
    /// order of the texts; each equals what <see cref="Encode"/> gives for its text, up to the runtime's rounding.
    /// </summary>
    /// <param name="texts">The texts; none may be null.</param>
    /// <param name="cancellationToken">Ends the work between two batches and within one.</param>
    /// <exception cref="ArgumentException">A text is null; the message has its index.</exception>
    /// <exception cref="EncodingException">The model put out NaN or infinity.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ObjectDisposedException.ThrowIf(_disposed, this);
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null) throw new ArgumentException($"The text at index {i} is null.", nameof(texts));
        }

        return Task.Run<IReadOnlyList<SparseVector>>(() => EncodeAll(texts, cancellationToken), cancellationToken);
    }

    /// <summary>Frees the model. Runs that go on end first; what is asked for afterwards is refused.</summary>
    public void Dispose()
    {
        _disposed = true;
        _graph.Dispose();
    }

    /// <summary>For tests that have to act while a run goes on.</summary>
    internal bool IsRunning => _graph.IsRunning;

    private SparseVector[] EncodeAll(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SparseVector[] vectors = new SparseVector[texts.Count];
        for (int start = 0; start < texts.Count; start += Window)
        {
            int count = Math.Min(Window, texts.Count - start);
            EncodeWindow(texts, start, vectors.AsMemory(start, count), cancellationToken);
        }

        return vectors;
    }

    private void EncodeWindow(
        IReadOnlyList<string> texts, int start, Memory<SparseVector> vectors, CancellationToken cancellationToken)
    {
        var indexes = new List<int>();
        var sequences = new List<TokenSequence>();
        for (int i = 0; i < vectors.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectors.Span[i] = SparseVector.Empty;
            TokenSequence tokens = _tokenizer.Encode(texts[start + i], Fingerprint.MaxTokens);
            if (IsBlank(tokens)) continue;
            indexes.Add(i);
            sequences.Add(tokens);
        }

        foreach (int[] batch in BatchPlan.Cut([.. sequences.Select(tokens => tokens.Count)], _budget))
        {
            TokenSequence[] together = [.. batch.Select(index => sequences[index])];
            SparseVector[] encoded = EncodeBatch(together, index => start + indexes[batch[index]], cancellationToken);
            for (int i = 0; i < batch.Length; i++) vectors.Span[indexes[batch[i]]] = encoded[i];
        }
    }

    private SparseVector[] EncodeBatch(
        TokenSequence[] sequences, Func<int, int> callersIndex, CancellationToken cancellationToken)
    {
        var batch = new TokenBatch(sequences, _padding);
        SparseVector[] vectors = new SparseVector[sequences.Length];
        try
        {
            _graph.Run(batch, _head.Outputs, outputs => _head.Read(batch, outputs, vectors), cancellationToken);
        }
        catch (NonFiniteOutputException e)
        {
            throw new EncodingException(callersIndex(e.Index), "The model put out NaN or infinity", e);
        }

        return Array.ConvertAll(vectors, vector => vector.Prune(Fingerprint.Pruning));
    }

    // The first and the last token are the model's own.
    private bool IsBlank(TokenSequence tokens)
    {
        foreach (int id in tokens.Ids[1..^1])
        {
            if (!_special.Contains(id)) return false;
        }

        return true;
    }
}
