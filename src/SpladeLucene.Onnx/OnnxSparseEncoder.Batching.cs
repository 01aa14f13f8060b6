using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

public sealed partial class OnnxSparseEncoder
{
    /// <summary>Refuses a list that is null or has a null in it.</summary>
    internal static void RequireTexts(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null) throw new ArgumentException($"The text at index {i} is null.", nameof(texts));
        }
    }

    /// <summary>Runs the graph for a text without a word, and looks at its main output.</summary>
    internal T LookAt<T>(Func<OrtValue, T> look)
    {
        var batch = new TokenBatch([_tokenizer.Encode("", int.MaxValue)], _layout);
        T found = default!;
        _graph.Run(batch, _head.Outputs, outputs => found = look(outputs[0]), CancellationToken.None);
        return found;
    }

    private SparseVector[] EncodeAll(
        IReadOnlyList<string> texts, Treatment treatment, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SparseVector[] vectors = new SparseVector[texts.Count];
        Array.Fill(vectors, SparseVector.Empty);
        var group = new TokenGroup(Fingerprint.Windows);
        for (int i = 0; i < texts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            group.Add(i, treatment.Tokenize(_tokenizer, texts[i]), _special.Contains);
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
            SparseVector[] encoded = EncodeBatch(group.Batch(windows, _layout), cancellationToken);
            for (int i = 0; i < windows.Length; i++) group.SetVector(windows[i], encoded[i]);
        }

        foreach ((int index, TokenSequence tokens, SparseVector vector) in group.Vectors())
            vectors[index] = Fingerprint.Length.Apply(treatment.Of(vector, tokens));
    }

    private SparseVector[] EncodeBatch(TokenBatch batch, CancellationToken cancellationToken)
    {
        SparseVector[] vectors = new SparseVector[batch.Texts.Count];
        try
        {
            _graph.Run(batch, _head.Outputs, outputs => _head.Read(batch, outputs, vectors), cancellationToken);
            Interlocked.Add(ref _tokensEncoded, batch.Texts.Sum(text => (long)text.Count));
            return vectors;
        }
        catch (BadOutputException e)
        {
            throw new SparseEncodingException(batch.IndexOf(e.Index), $"The model put out {e.Message}", e);
        }
        catch (Exception e) when (e is OnnxRuntimeException or InvalidDataException)
        {
            // A batch fails as a whole: alone, each text runs or shows itself.
            if (vectors.Length > 1)
                return [.. batch.Singles().Select(single => EncodeBatch(single, cancellationToken)[0])];
            throw new SparseEncodingException(
                batch.IndexOf(0), $"The model fails on {batch.Texts[0].Count} tokens ({e.Message})", e);
        }
    }

    /// <summary>What is done to a text, and to its vector: so many of its tokens are read.</summary>
    private readonly record struct Treatment(int Tokens, Pruning Pruning, ExpansionScale? Expansions, bool IsQuery)
    {
        public TokenSequence Tokenize(TextTokenizer tokenizer, string text) =>
            IsQuery ? tokenizer.EncodeQuery(text, Tokens) : tokenizer.Encode(text, Tokens);

        // Pruned first: the smallest weight is meant for what the model puts out.
        public SparseVector Of(SparseVector vector, TokenSequence tokens) =>
            Expansions is null ? vector.Prune(Pruning) : Expansions.Apply(vector.Prune(Pruning), tokens);
    }
}
