using Orleans;
using Orleans.Concurrency;
using SpladeLucene.Replicas;
using SpladeLucene.Wire;

namespace SpladeLucene.Grains;

/// <summary>Hands on to the replica in this silo's folder; holds nothing itself.</summary>
[Reentrant, AtItsSilo]
internal sealed class ReplicaGrain(SiloReplicas replicas) : Grain, IReplicaGrain
{
    private ShardAddress Address => ShardAddress.Parse(this.GetPrimaryKeyString());

    public Task<ReplicaState> DescribeAsync() => Run(replica => Task.FromResult(replica.Describe()));

    public Task<ReplicaState> SealAsync(long epoch, Guid leader) => Run(replica => replica.SealAsync(epoch, leader));

    public Task<ReplicaState> FenceAsync(long epoch) => Run(replica => Task.FromResult(replica.Fence(epoch)));

    public Task<bool> ConfigureAsync(long epoch, Guid leader, Member[] members) =>
        Run(replica => replica.ConfigureAsync(epoch, leader, members));

    public Task<bool> AppendAsync(long epoch, Guid leader, long firstNumber, byte[][] operations) =>
        Run(replica => replica.AppendAsync(epoch, leader, firstNumber, operations));

    public Task<ReplicaState> CatchUpAsync(int? peer, bool exactly)
    {
        IReplicaGrain? other = peer is { } number
            ? GrainFactory.GetGrain<IReplicaGrain>((Address with { Replica = number }).ToString())
            : null;
        return Run(replica => replica.CatchUpAsync(other, exactly));
    }

    public Task<LogPage> ReadLogAsync(long number, byte[] hash) => Run(replica => Task.FromResult(replica.ReadLog(number, hash)));

    public Task<CommitOffer?> OfferCommitAsync() => Run(replica => replica.OfferCommitAsync());

    public Task<byte[]> ReadFileAsync(Guid offer, string name, long at) =>
        Run(replica => Task.FromResult(replica.ReadFile(offer, name, at)));

    public Task ReleaseCommitAsync(Guid offer) => Run(replica =>
    {
        replica.ReleaseCommit(offer);
        return Task.FromResult(true);
    });

    public Task<ShardStatistics?> StatisticsAsync(WireQuestion question) =>
        Run(replica => Task.FromResult(replica.Statistics(question)));

    public Task<ShardHit[]?> SearchAsync(WireVector vector, int wanted) =>
        Run(replica => Task.FromResult(replica.Search(vector, wanted)));

    public Task<float[]?> BestScoresAsync(WireVector vector, int wanted) =>
        Run(replica => Task.FromResult(replica.BestScores(vector, wanted)));

    public Task<ShardHit[]?> SearchHybridAsync(WireHybridQuery query, int wanted) =>
        Run(replica => Task.FromResult(replica.SearchHybrid(query, wanted)));

    public Task<bool> RefreshAsync(long epoch) => Run(replica => Task.FromResult(replica.Refresh(epoch)));

    // Searches and disks would hold up the grain's own scheduler.
    private Task<T> Run<T>(Func<Replica, Task<T>> work)
    {
        ShardAddress address = Address;
        return Task.Run(() => work(replicas.Find(address)));
    }
}
