using Lucene.Net.Analysis;
using Lucene.Net.Index;
using SpladeLucene.Grains;
using SpladeLucene.Routing;
using SpladeLucene.Shards;
using SpladeLucene.Tests.Clusters.Routing;
using SpladeLucene.Wire;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>Shards of one replica each in folders of this process, asked without a network.</summary>
internal sealed class LocalShards : IDisposable
{
    private readonly LocalReplicas[] _shards;
    private readonly ShardLeader[] _leaders;
    private readonly StubGrains _grains = new();
    private readonly SpladeClusterOptions _options;

    public LocalShards(int shards, ISparseEncoder encoder, Func<Analyzer> words)
    {
        _shards = [.. Enumerable.Range(0, shards).Select(shard => new LocalReplicas(1, words: words, shard: shard, shards: shards))];
        _leaders = [.. _shards.Select(shard => shard.Lead())];
        for (int shard = 0; shard < shards; shard++)
        {
            _grains[shard] = new LocalShard(_leaders[shard]);
            _grains[shard, 0] = _shards[shard][0];
        }

        _options = new SpladeClusterOptions { Silos = ["s0"], Shards = shards, AnalyzerFactory = words };
        Cluster = new SpladeCluster(_options, encoder, _grains.Factory);
    }

    public ISpladeCluster Cluster { get; }

    public LocalReplica this[int shard] => _shards[shard][0];

    /// <summary>The same shards, as a client sees them that has other fields.</summary>
    public ISpladeCluster With(string field, string? next, ISparseEncoder encoder, ISparseEncoder? nextEncoder = null) => new SpladeCluster(
        _options with { Field = field, NextField = next }, encoder, _grains.Factory, nextEncoder);

    /// <summary>The same shards, as a client sees them that was given another number of them.</summary>
    public ISpladeCluster With(int shards, ISparseEncoder encoder) => new SpladeCluster(_options with { Shards = shards }, encoder, _grains.Factory);

    /// <summary>Commits a shard's index and makes one segment of all, without deleted documents.</summary>
    public async Task MergeAsync(int shard)
    {
        LocalReplicas replicas = _shards[shard];
        await replicas[0].Open!.CommitAsync();
        _leaders[shard].Stop();
        replicas.Kill(0);
        using (FSDirectory directory = FSDirectory.Open(Path.Combine(replicas.FolderOf(0), "index")))
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            IDictionary<string, string> place = writer.CommitData;
            writer.ForceMerge(1);
            writer.SetCommitData(place);
        }

        replicas.Start(0);
        _leaders[shard] = replicas.Lead();
        _grains[shard] = new LocalShard(_leaders[shard]);
        await _leaders[shard].WriteAsync([]);
    }

    public void Dispose()
    {
        foreach (ShardLeader leader in _leaders) leader.Dispose();
        foreach (LocalReplicas shard in _shards) shard.Dispose();
    }

    private sealed class LocalShard(ShardLeader leader) : IShardGrain
    {
        public Task<Guid?> WriteAsync(byte[][] operations, WriteNumber number) => Task.Run(() => leader.WriteAsync(operations, number));

        public Task RefreshAsync() => Task.Run(() => leader.RefreshAsync());

        public Task JoinAsync(int replica) => Task.Run(() => leader.JoinAsync(replica));
    }
}
