using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using SpladeLucene.Replicas;
using SpladeLucene.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Grains;

/// <summary>Hands on to the leader of its shard, which lives as long as the activation.</summary>
[Reentrant, AtItsSilo]
internal sealed class ShardGrain(SiloReplicas replicas, ISiloDeaths deaths, ILogger<ShardGrain> logger) : Grain, IShardGrain, IDisposable
{
    private ShardLeader? _leader;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ShardAddress address = ShardAddress.Parse(this.GetPrimaryKeyString());
        SpladeClusterOptions options = replicas.OptionsOf(address);
        IGrainFactory grains = GrainFactory;
        _leader = new ShardLeader(
            options, address.Shard,
            replica => grains.GetGrain<IReplicaGrain>((address with { Replica = replica }).ToString()), deaths, logger,
            DeactivateOnIdle);
        return _leader.PrepareAsync();
    }

    public void Dispose() => _leader?.Dispose();

    public Task<Guid?> WriteAsync(byte[][] operations, WriteNumber number) => Task.Run(() => _leader!.WriteAsync(operations, number));

    public Task RefreshAsync() => Task.Run(() => _leader!.RefreshAsync());

    public Task JoinAsync(int replica) => Task.Run(() => _leader!.JoinAsync(replica));
}
