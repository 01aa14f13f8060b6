using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Batching;
using SpladeLucene.Onnx.Graph;
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
        using GraphRun run = _graph.Run(batch, _head.Outputs, CancellationToken.None);
        return look(run.Outputs[0]);
    }

    /// <summary>The batches that texts are run in.</summary>
    internal IEnumerable<TokenBatch> BatchesOf(IReadOnlyList<string> texts)
    {
        var groups = new TokenGroups(texts.Count, Fingerprint.Windows);
        while (NextGroup(groups, texts, CancellationToken.None) is { } group)
        {
            foreach (int[] windows in _plan.Cut(group.Lengths)) yield return group.Batch(windows, _layout);
        }
    }

    /// <summary>Runs the graph, and reads nothing of what it puts out.</summary>
    internal void RunAlone(TokenBatch batch, CancellationToken cancellationToken) =>
        _graph.Run(batch, _head.Outputs, cancellationToken).Dispose();

    // On the caller's thread: a hand-over would cost as much as a query of few words.
    private SparseVector EncodeOne(string text, Treatment treatment, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SparseVector[] vectors = [SparseVector.Empty];
        var group = new TokenGroup(Fingerprint.Windows, 1);
        group.Add(0, treatment.Tokenize(_tokenizer, text), _special.Contains);
        var job = new Job(group, treatment, Fingerprint.Length, vectors);
        foreach (int[] windows in _plan.Cut(group.Lengths))
            Read(Run(group.Batch(windows, _layout), cancellationToken), job, windows, cancellationToken)?.Invoke();
        return vectors[0];
    }

    // While the graph runs, the texts that come next become tokens, and what it put out last becomes vectors.
    private async Task<IReadOnlyList<SparseVector>> EncodeAllAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SparseVector[] vectors = new SparseVector[texts.Count];
        Array.Fill(vectors, SparseVector.Empty);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var groups = new TokenGroups(texts.Count, Fingerprint.Windows);
        Task<TokenGroup?> next = Task.Run(() => NextGroup(groups, texts, stop.Token), CancellationToken.None);
        var reading = new OneAhead();
        try
        {
            while (await next.ConfigureAwait(false) is { } group)
            {
                next = Task.Run(() => NextGroup(groups, texts, stop.Token), CancellationToken.None);
                var job = new Job(group, _asText, Fingerprint.Length, vectors);
                await EncodeAsync(job, reading, cancellationToken).ConfigureAwait(false);
            }

            await reading.EndAsync().ConfigureAwait(false);
            return vectors;
        }
        catch
        {
            // What failed in reading came first.
            await reading.EndAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EncodeAsync(Job job, OneAhead reading, CancellationToken cancellationToken)
    {
        foreach (int[] windows in _plan.Cut(job.Group.Lengths))
        {
            BatchRun run = Run(job.Group.Batch(windows, _layout), cancellationToken);
            await reading.NextAsync(
                run, () => Read(run, job, windows, cancellationToken), _head.ReadsAtOnce || run.Failed).ConfigureAwait(false);
        }
    }

    private TokenGroup? NextGroup(TokenGroups groups, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        groups.Next((group, i) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            group.Add(i, _asText.Tokenize(_tokenizer, texts[i]), _special.Contains);
        });

    private BatchRun Run(TokenBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return new BatchRun(batch, _graph.Run(batch, _head.Outputs, cancellationToken), null);
        }
        catch (OnnxRuntimeException failure)
        {
            return new BatchRun(batch, null, failure);
        }
    }

    // A batch fails as a whole: alone, each text runs or shows itself. That is the rest, because the graph may be running.
    private Action? Read(BatchRun run, Job job, int[] windows, CancellationToken cancellationToken)
    {
        if (VectorsOf(run) is not { } encoded) return () => ReadSingles(run.Batch, job, windows, cancellationToken);
        for (int i = 0; i < windows.Length; i++) job.Take(windows[i], encoded[i]);
        return null;
    }

    private void ReadSingles(TokenBatch batch, Job job, int[] windows, CancellationToken cancellationToken)
    {
        foreach ((TokenBatch single, int window) in batch.Singles().Zip(windows))
            job.Take(window, VectorsOf(Run(single, cancellationToken))![0]);
    }

    // Null where a batch of several texts failed.
    private SparseVector[]? VectorsOf(BatchRun run)
    {
        TokenBatch batch = run.Batch;
        SparseVector[] vectors = new SparseVector[batch.Texts.Count];
        try
        {
            using (run) _head.Read(batch, run.Outputs, vectors);
            for (int i = 0; _pairs is not null && i < vectors.Length; i++) vectors[i] = _pairs.Apply(vectors[i], batch.Texts[i]);
            Interlocked.Add(ref _tokensEncoded, batch.Texts.Sum(text => (long)text.Count));
            return vectors;
        }
        catch (BadOutputException e)
        {
            throw new SparseEncodingException(batch.IndexOf(e.Index), $"The model put out {e.Message}", e);
        }
        catch (Exception e) when (e is OnnxRuntimeException or InvalidDataException)
        {
            if (vectors.Length > 1) return null;
            throw new SparseEncodingException(
                batch.IndexOf(0), $"The model fails on {batch.Texts[0].Count} tokens ({e.Message})", e);
        }
    }

    /// <summary>What is done to a text, and to its vector: so many of its tokens are read.</summary>
    private readonly record struct Treatment(int Tokens, Pruning Pruning, ExpansionScale? Expansions, RepeatedWords? Repeated, bool IsQuery)
    {
        public TokenSequence Tokenize(TextTokenizer tokenizer, string text) =>
            IsQuery ? tokenizer.EncodeQuery(text, Tokens) : tokenizer.Encode(text, Tokens);

        // Pruned first: the smallest weight is meant for what the model puts out.
        public SparseVector Of(SparseVector vector, TokenSequence tokens)
        {
            SparseVector kept = vector.Prune(Pruning);
            if (Expansions is not null) kept = Expansions.Apply(kept, tokens);
            return Repeated?.Apply(kept, tokens) ?? kept;
        }
    }

    /// <summary>Texts on their way to vectors. A text's is made as soon as all of its windows have theirs.</summary>
    private sealed record Job(TokenGroup Group, Treatment Treatment, LengthNormalization Length, SparseVector[] Vectors)
    {
        public void Take(int window, SparseVector vector)
        {
            if (Group.Take(window, vector) is { } text)
                Vectors[text.Index] = Length.Apply(Treatment.Of(text.Vector, text.Tokens));
        }
    }
}
