using Orleans;
using Orleans.Runtime;
using SpladeLucene.Grains;
using SpladeLucene.Search.Terms;
using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <inheritdoc cref="ISpladeCluster"/>
internal sealed class SpladeCluster(SpladeClusterOptions options, ISparseEncoder encoder, IGrainFactory grains) : ISpladeCluster
{
    private const int BatchSize = 128;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DescribePatience = TimeSpan.FromSeconds(2);

    private readonly ShardAsker _asker = new(grains, options);

    public SpladeClusterOptions Options => options;

    public async Task UpdateAsync(IEnumerable<ClusterDocument> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        foreach (ClusterDocument[] batch in documents.Chunk(BatchSize))
        {
            foreach (ClusterDocument document in batch) Operation.CheckKey(document.Key);
            IReadOnlyList<SparseVector> vectors =
                await encoder.EncodeAsync([.. batch.Select(document => document.Text)], cancellationToken).ConfigureAwait(false);
            await WriteAsync(batch.Select((document, i) => Checked(document, vectors[i])), cancellationToken).ConfigureAwait(false);
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

    public Task RefreshAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(Enumerable.Range(0, options.Shards).Select(async shard =>
        {
            Task<bool>[] asked = [.. Enumerable.Range(0, options.Replicas).Select(replica => _asker.ReplicaOf(shard, replica).RefreshAsync())];
            Task all = Task.WhenAll(asked).WaitAsync(options.WriteTimeout, cancellationToken);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            // One whose silo isn't there begins later with what it has by then; one that hangs or fails may serve.
            int failed = Array.FindIndex(asked, one => !one.IsCompletedSuccessfully && one.Exception?.InnerException is not OrleansException);
            if (failed >= 0)
            {
                throw new SpladeClusterException(
                    $"Replica {failed} of shard {shard} of the index '{options.Name}' couldn't be refreshed.", asked[failed].Exception?.InnerException);
            }

            if (!asked.Any(one => one.IsCompletedSuccessfully && one.Result))
                throw new SpladeClusterException($"No replica of shard {shard} of the index '{options.Name}' serves.");
        }));

    public async Task<ClusterSearchResult> SearchAsync(
        string text, ClusterSearchRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        request ??= new ClusterSearchRequest();
        SparseVector encoded = await encoder.EncodeQueryAsync(text, cancellationToken).ConfigureAwait(false);
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        int[] shards = [.. Enumerable.Range(0, options.Shards)];
        string[] terms = [.. encoded.Select(term => term.Term)];
        int turn = _asker.NextTurn();
        // A shard that hangs leaves half of the time to the others' hits.
        ShardAnswer<ShardStatistics>?[] first = await _asker.AskAllAsync(
            shards, _ => turn, replica => replica.StatisticsAsync(terms), request.Deadline / 2, cancellationToken).ConfigureAwait(false);
        ShardStatistics?[] statistics = [.. first.Select(answer => answer?.Value)];
        CheckModels(statistics);
        SpladeQuery query = MakeQuery(encoded, [.. statistics.OfType<ShardStatistics>()]);

        // A shard that didn't count in the query would be searched with another index's weights.
        int[] counted = [.. shards.Where(shard => statistics[shard] is not null)];
        WireVector vector = WireVector.Of(query.Vector);
        ScoreFloor floor = request.Floor ?? ScoreFloor.OfModel(encoder.FloorShare);
        int wanted = FloorCut.Wanted(request.Count, floor);
        // A shard's replicas are refreshed at different times: what was counted is searched.
        ShardAnswer<ShardHit[]>?[] hits = await _asker.AskAllAsync(
            counted, shard => first[shard]!.Replica, replica => replica.SearchAsync(vector, wanted),
            request.Deadline - System.Diagnostics.Stopwatch.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
        IEnumerable<ClusterHit> merged = hits
            .SelectMany((some, shard) => (some?.Value ?? []).Select(hit => new ClusterHit(hit.Key, hit.Score, shard, hit.Stored)))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Key, StringComparer.Ordinal);
        return new ClusterSearchResult(
            FloorCut.Apply([.. merged.Take(wanted)], floor, query.Quantized.Unit, request.Count),
            [.. shards.Where(shard => hits[shard] is null)]);
    }

    public async Task<IReadOnlyList<ClusterReplica>> GetReplicasAsync(CancellationToken cancellationToken = default) =>
        await Task.WhenAll(
            from shard in Enumerable.Range(0, options.Shards)
            from replica in Enumerable.Range(0, options.Replicas)
            select DescribeAsync(shard, replica, cancellationToken)).ConfigureAwait(false);

    private async Task<ClusterReplica> DescribeAsync(int shard, int replica, CancellationToken cancellationToken)
    {
        Task<ReplicaState> asked = _asker.ReplicaOf(shard, replica).DescribeAsync().WaitAsync(DescribePatience, cancellationToken);
        await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return new ClusterReplica(shard, replica, options.SiloOf(shard, replica), asked.IsCompletedSuccessfully && asked.Result.IsServing);
    }

    private SpladeQuery MakeQuery(SparseVector encoded, ShardStatistics[] statistics)
    {
        long[] frequencies = [.. encoded.Select((_, i) => statistics.Sum(shard => (long)shard.Frequencies[i]))];
        SparseVector weighed = QueryIdf.Weigh(
            encoded, frequencies, statistics.Sum(shard => shard.Documents), encoder.QueryIdfExponent);
        return new SpladeQuery(options.Field, weighed, options.Format);
    }

    private void CheckModels(ShardStatistics?[] statistics)
    {
        var expected = new SpladeFingerprint(encoder.Fingerprint, options.Format.Quantizer.Range);
        SpladeFingerprint[] found = [.. statistics.OfType<ShardStatistics>().SelectMany(shard => shard.Fingerprints)
            .Distinct(StringComparer.Ordinal).Select(term => SpladeFingerprint.TryParse(term, out SpladeFingerprint? known) ? known : null)
            .OfType<SpladeFingerprint>()];
        if (!found.All(known => known.Matches(expected) && known.Matches(found[0])))
            throw new FingerprintMismatchException(options.Field, expected, found);
    }

    // Lucene's refusal comes before anything is written, not when replicas apply it.
    private Operation Checked(ClusterDocument document, SparseVector vector)
    {
        Operation operation = Operation.Put(document, vector, encoder.Fingerprint);
        try
        {
            operation.ToLucene(options);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            throw new ArgumentException($"The document '{document.Key}' can't be indexed: {e.Message}", nameof(document), e);
        }

        return operation;
    }

    private Task WriteAsync(IEnumerable<Operation> operations, CancellationToken cancellationToken) => Task.WhenAll(
        operations.GroupBy(operation => KeyHash.ShardOf(operation.Key, options.Shards), Bytes).ToArray()
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
        IShardGrain leader = grains.GetGrain<IShardGrain>(new ShardAddress(options.Name, shard).ToString());
        DateTime end = DateTime.UtcNow + options.WriteTimeout;
        while (true)
        {
            try
            {
                TimeSpan left = end - DateTime.UtcNow;
                await leader.WriteAsync(operations).WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is not ArgumentException && !cancellationToken.IsCancellationRequested)
            {
                if (DateTime.UtcNow >= end)
                {
                    throw new SpladeClusterException($"Shard {shard} of the index '{options.Name}' didn't acknowledge within "
                        + $"{options.WriteTimeout.TotalSeconds:0.#} s; what was to be written may or may not be, and can be written again.", e);
                }
            }

            await Task.Delay(RetryPause, cancellationToken).ConfigureAwait(false);
        }
    }
}
