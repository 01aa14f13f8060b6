using SpladeLucene.Grains;
using SpladeLucene.Replicas;
using SpladeLucene.Tests.Clusters.Routing;
using SpladeLucene.Tests.Clusters.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Silos;

/// <summary>What a silo does for its replicas, and says where it can't.</summary>
public sealed class UpkeepTests : IDisposable
{
    private const int NoUpkeep = 8, CantJoin = 11;

    private readonly TemporaryFolder _folder = new();
    private readonly LocalSilo _silo = new("a");
    private readonly SpladeClusterOptions _options = new() { Silos = ["a"], Shards = 2, RefreshInterval = TimeSpan.FromHours(1) };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Join_ThatFails_IsToldOnceForEachReason()
    {
        int joins = 0;
        var enough = new TaskCompletionSource();
        var leader = new StubShard
        {
            Joined = replica =>
            {
                int join = Interlocked.Increment(ref joins);
                if (join == 6) enough.SetResult();
                throw new IOException(join < 4 ? "It is down." : "It is slow.");
            },
        };
        using var replicas = new SiloReplicas([new SiloIndex(_options with { Shards = 1 }, _folder.Root)], _silo, _silo);
        using var upkeep = new SiloUpkeep(replicas, new StubGrains { Shard = leader }.Factory, _silo);
        upkeep.Participate(_silo);

        await _silo.StartAsync();
        await enough.Task;
        await _silo.StopAsync();

        Assert.Equal([CantJoin, CantJoin], _silo.Logged);
    }

    [Fact]
    public async Task Replica_ThatCantCommit_LetsOthersCommitWhenTheSiloStops()
    {
        using var replicas = new SiloReplicas([new SiloIndex(_options, _folder.Root)], _silo, _silo);
        Replica other = replicas.Find(new ShardAddress(_options.Name, 1, 0));
        var leader = Guid.NewGuid();
        await other.SealAsync(5, leader);
        await other.ConfigureAsync(5, leader, [new Member(0, _silo.SiloAddress.ToParsableString())]);
        Assert.True(await other.AppendAsync(5, leader, 1, [ShardLeaderTests.Put("a")]));
        string shards = Path.Combine(_folder.Root, _options.Name);
        File.WriteAllText(Path.Combine(shards, "shard-0"), "in the way");
        string before = Commit();
        using var upkeep = new SiloUpkeep(replicas, new StubGrains { Shard = new StubShard() }.Factory, _silo);
        upkeep.Participate(_silo);

        await _silo.StartAsync();
        await _silo.StopAsync();

        Assert.NotEqual(before, Commit());
        Assert.Contains(NoUpkeep, _silo.Logged);

        string Commit() => Assert.Single(System.IO.Directory.GetFiles(Path.Combine(shards, "shard-1", "index"), "segments_*"));
    }
}
