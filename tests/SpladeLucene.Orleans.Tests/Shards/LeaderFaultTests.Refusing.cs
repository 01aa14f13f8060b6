using SpladeLucene.Grains;
using SpladeLucene.Shards;
using SpladeLucene.Tests.Clusters.Silos;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>What can't be done is refused and told, and the shard goes on.</summary>
public sealed partial class LeaderFaultTests
{
    [Fact]
    public async Task Operation_ThatCantBeApplied_IsRefusedAndTheShardGoesOn()
    {
        ShardLeader leader = _replicas.Lead();
        var mine = new ClusterDocument("mine", "word", new Dictionary<string, string> { ["splade"] = "1" });
        byte[] reserved = Operation.Put(
            mine, [new FieldVector("splade", new CountingEncoder().Fingerprint.ToString(), SparseVector.Create([new SparseTerm("word", 1)]))]).ToBytes();
        byte[] cut = Put("cut")[..^3];

        foreach (byte[] poison in new[] { reserved, cut, [], [7] })
            await Assert.ThrowsAnyAsync<ArgumentException>(() => leader.WriteAsync([poison]).WaitAsync(Moment));
        await leader.WriteAsync([Put("a")]).WaitAsync(Enough);

        Assert.Equal(["a"], _replicas[1].Keys());
    }

    [Fact]
    public async Task Operation_ThatAReplicaCantApply_IsntLogged()
    {
        var leader = Guid.NewGuid();
        LocalReplica replica = _replicas[0];
        await replica.SealAsync(5, leader);
        await replica.ConfigureAsync(5, leader, [new Member(0, "0@1")]);

        await Assert.ThrowsAnyAsync<Exception>(() => replica.AppendAsync(5, leader, 1, [Put("a"), [7]]));

        Assert.True(replica.Open!.IsServing);
        Assert.Equal(0, replica.Open.Describe().LastNumber);
        Assert.True(await replica.AppendAsync(5, leader, 1, [Put("a")]));
    }

    [Fact]
    public async Task Write_ToALeaderThatNobodyAnswered_DoesntWait()
    {
        foreach (int number in new[] { 0, 1 }) _replicas.Kill(number);
        ShardLeader leader = _replicas.Lead();
        await leader.PrepareAsync();

        var refused = await Assert.ThrowsAsync<TimeoutException>(() => leader.WriteAsync([Put("late")]).WaitAsync(Enough));
        Assert.Contains("couldn't be written", refused.Message, StringComparison.Ordinal);
        foreach (int number in new[] { 0, 1 }) _replicas.Start(number);
        await leader.WriteAsync([Put("a")]);

        Assert.Equal(["a"], _replicas[0].Keys());
    }

    [Fact]
    public async Task Operation_OfAnotherShard_IsRefused()
    {
        using var replicas = new LocalReplicas(1, shard: 5, shards: 8);
        ShardLeader leader = replicas.Lead();
        await leader.WriteAsync([Put("a")]);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => leader.WriteAsync([Put("b")]));

        Assert.Contains("belongs to shard 4", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], replicas[0].Keys());
    }

    [Fact]
    public async Task Join_ThatIsRefused_IsTold()
    {
        await WithoutTheSecondAsync();
        var log = new LocalSilo("s0");
        ShardLeader leader = _replicas.Lead(logger: log);
        await _replicas[1].FenceAsync(long.MaxValue);

        await leader.JoinAsync(1);

        Assert.Contains(NotYet, log.Logged);
    }
}
