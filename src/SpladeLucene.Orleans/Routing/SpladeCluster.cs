using Orleans;
using SpladeLucene.Grains;
using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <inheritdoc cref="ISpladeCluster"/>
internal sealed class SpladeCluster : ISpladeCluster
{
    private const int BatchSize = 128;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DescribePatience = TimeSpan.FromSeconds(2);

    private readonly FieldModel[] _models;
    private readonly IGrainFactory _grains;
    private readonly QueryWords _words;
    private readonly ShardAsker _asker;
    private readonly ShardSearch _search;
    private readonly OpenWrites[] _open;

    public SpladeCluster(SpladeClusterOptions options, ISparseEncoder encoder, IGrainFactory grains, ISparseEncoder? next = null)
    {
        (Options, _grains) = (options, grains);
        _models = [.. options.Fields.Zip(next is null ? [encoder] : new[] { encoder, next })
            .Select(each => new FieldModel(each.First, each.Second, options.Format))];
        (_words, _asker) = (new QueryWords(options), new ShardAsker(grains, options));
        _search = new ShardSearch(options, _models, _words, _asker);
        _open = [.. Enumerable.Range(0, options.Shards).Select(_ => new OpenWrites())];
    }

    public SpladeClusterOptions Options { get; }

    public async Task UpdateAsync(IEnumerable<ClusterDocument> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        long before = 0;
        foreach (ClusterDocument[] batch in documents.Chunk(BatchSize))
        {
            foreach (ClusterDocument document in batch) Operation.CheckKey(document.Key);
            var vectors = new List<IReadOnlyList<SparseVector>>();
            foreach (FieldModel model in _models) vectors.Add(await EncodeAsync(model, batch, before, cancellationToken).ConfigureAwait(false));
            await WriteAsync(batch.Select((document, i) => Checked(document, [.. vectors.Select(some => some[i])])), cancellationToken).ConfigureAwait(false);
            before += batch.Length;
        }
    }

    public async Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (string[] batch in keys.Chunk(BatchSize))
        {
            foreach (string key in batch) Operation.CheckKey(key);
            await WriteAsync(batch.Select(Operation.Delete), cancellationToken).ConfigureAwait(false);
        }
    }

    public Task RefreshAsync(CancellationToken cancellationToken = default) => Task.WhenAll(Enumerable.Range(0, Options.Shards).Select(
        shard => AskLeaderAsync(shard, (leader, _) => leader.RefreshAsync(), "some of its replicas may not show what was written", cancellationToken)));

    public Task<ClusterSearchResult> SearchAsync(
        string text, ClusterSearchRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        request ??= new ClusterSearchRequest();
        if (request is { Hybrid: false, MeaningWeight: not null })
            throw new ArgumentException($"{nameof(request.MeaningWeight)} goes with {nameof(request.Hybrid)} alone; leave it out.", nameof(request));
        return _search.FindAsync(text, request, cancellationToken);
    }

    public Task<ClusterModelChange> GetModelChangeAsync(CancellationToken cancellationToken = default) => Options.NextField is not null
        ? _search.CountAsync(cancellationToken)
        : throw new InvalidOperationException($"The index '{Options.Name}' has no {nameof(Options.NextField)}.");

    public async Task<IReadOnlyList<ClusterReplica>> GetReplicasAsync(CancellationToken cancellationToken = default) =>
        await Task.WhenAll(
            from shard in Enumerable.Range(0, Options.Shards)
            from replica in Enumerable.Range(0, Options.Replicas)
            select DescribeAsync(shard, replica, cancellationToken)).ConfigureAwait(false);

    private async Task<ClusterReplica> DescribeAsync(int shard, int replica, CancellationToken cancellationToken)
    {
        Task<ReplicaState> asked = _asker.ReplicaOf(shard, replica).DescribeAsync().WaitAsync(DescribePatience, cancellationToken);
        await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return new ClusterReplica(shard, replica, Options.SiloOf(shard, replica), asked.IsCompletedSuccessfully && asked.Result.IsServing);
    }

    private static async Task<IReadOnlyList<SparseVector>> EncodeAsync(
        FieldModel model, ClusterDocument[] batch, long before, CancellationToken cancellationToken)
    {
        try
        {
            string[] texts = [.. batch.Select(document => document.Text)];
            return await model.Encoder.EncodeEachAsync(texts, cancellationToken).ConfigureAwait(false);
        }
        catch (SparseEncodingException problem) when (problem.Index >= 0 && problem.Index < batch.Length)
        {
            throw new SpladeDocumentException(before + problem.Index, batch[problem.Index].Key, problem);
        }
    }

    // Lucene's refusal comes before anything is written, not when replicas apply it.
    private Operation Checked(ClusterDocument document, SparseVector[] vectors)
    {
        Operation operation = Operation.Put(
            document, [.. _models.Zip(vectors, (model, vector) => model.Of(vector))], _words.Count(document.Text));
        try
        {
            operation.ToLucene(Options);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            throw new ArgumentException($"The document '{document.Key}' can't be indexed: {e.Message}", nameof(document), e);
        }

        return operation;
    }

    private Task WriteAsync(IEnumerable<Operation> operations, CancellationToken cancellationToken) => Task.WhenAll(
        operations.GroupBy(operation => KeyHash.ShardOf(operation.Key, Options.Shards), Bytes).ToArray()
            .Select(async shard =>
            {
                foreach (byte[][] message in Messages(shard)) await WriteAsync(shard.Key, message, cancellationToken).ConfigureAwait(false);
            }));

    private static byte[] Bytes(Operation operation) => operation.ToBytes() is { Length: <= Operation.MostBytes } bytes
        ? bytes
        : throw new ArgumentException($"The document '{operation.Key}' is too large with all that it brings: {Operation.MostBytes:N0} bytes is the most.", nameof(operation));

    // In their order, each short enough for a leader to write at once.
    private static IEnumerable<byte[][]> Messages(IEnumerable<byte[]> operations)
    {
        var message = new List<byte[]>();
        long bytes = 0;
        foreach (byte[] operation in operations)
        {
            if (message.Count > 0 && bytes + operation.Length > Operation.MostBytes)
            {
                yield return [.. message];
                message.Clear();
                bytes = 0;
            }

            message.Add(operation);
            bytes += operation.Length;
        }

        yield return [.. message];
    }

    // Written twice is written once, so that what isn't known to be acknowledged is tried again.
    private async Task WriteAsync(int shard, byte[][] operations, CancellationToken cancellationToken)
    {
        long number = _open[shard].Begin();
        try
        {
            await AskLeaderAsync(
                shard, (leader, end) => _open[shard].SendAsync(number, end, known => leader.WriteAsync(operations, known)),
                "what was to be written may or may not be, and can be written again", cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _open[shard].End(number);
        }
    }

    private async Task AskLeaderAsync(int shard, Func<IShardGrain, DateTime, Task> ask, string otherwise, CancellationToken cancellationToken)
    {
        IShardGrain leader = _grains.GetGrain<IShardGrain>(new ShardAddress(Options.Name, shard).ToString());
        DateTime end = DateTime.UtcNow + Options.WriteTimeout;
        // What a connection lost is never answered.
        TimeSpan patience = Options.WriteTimeout / 3;
        while (true)
        {
            try
            {
                TimeSpan left = end - DateTime.UtcNow;
                await ask(leader, end).WaitAsync(left > patience ? patience : left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is not ArgumentException && !cancellationToken.IsCancellationRequested)
            {
                if (DateTime.UtcNow >= end)
                {
                    throw new SpladeClusterException($"Shard {shard} of the index '{Options.Name}' didn't answer within "
                        + $"{Options.WriteTimeout.TotalSeconds:0.#} s: {otherwise}.", e);
                }
            }

            await Task.Delay(RetryPause, cancellationToken).ConfigureAwait(false);
        }
    }
}
