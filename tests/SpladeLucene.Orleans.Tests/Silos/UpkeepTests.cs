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
        for (int shard = 0; shard < 2; shard++) await WriteAsync(replicas, shard);
        System.IO.Directory.CreateDirectory(Path.Combine(IndexOf(0), "_0.si"));
        string before = Commit(1);
        using var upkeep = new SiloUpkeep(replicas, new StubGrains { Shard = new StubShard() }.Factory, _silo);
        upkeep.Participate(_silo);

        await _silo.StartAsync();
        await _silo.StopAsync();

        Assert.NotEqual(before, Commit(1));
        Assert.Contains(NoUpkeep, _silo.Logged);
    }

    [Fact]
    public async Task Replica_ThatIsNeverRefreshed_IsCommittedInTime()
    {
        SpladeClusterOptions options = _options with { Shards = 1, RefreshInterval = TimeSpan.MaxValue, CommitInterval = TimeSpan.FromMilliseconds(50) };
        using var replicas = new SiloReplicas([new SiloIndex(options, _folder.Root)], _silo, _silo);
        await WriteAsync(replicas, 0);
        string before = Commit(0);
        using var upkeep = new SiloUpkeep(replicas, new StubGrains { Shard = new StubShard() }.Factory, _silo);
        upkeep.Participate(_silo);

        await _silo.StartAsync();
        for (int i = 0; i < 1000 && Segments(0) is [var one] && one == before; i++) await Task.Delay(20);

        Assert.NotEqual([before], Segments(0));
        await _silo.StopAsync();
    }

    [Fact]
    public async Task Replica_ThatIsBeingOpened_HoldsUpNoCalls()
    {
        using var replicas = new SiloReplicas([new SiloIndex(_options, _folder.Root)], _silo, _silo);
        using var opens = new ManualResetEventSlim();
        _silo.Asked = opens.Wait;
        var address = new ShardAddress(_options.Name, 0, 0);

        Assert.Contains("being opened", Assert.Throws<InvalidOperationException>(() => replicas.Find(address)).Message, StringComparison.Ordinal);
        opens.Set();

        Assert.Same(await replicas.OpenAsync(address), replicas.Find(address));
    }

    private async Task WriteAsync(SiloReplicas replicas, int shard)
    {
        Replica replica = await replicas.OpenAsync(new ShardAddress(_options.Name, shard, 0));
        var leader = Guid.NewGuid();
        await replica.SealAsync(5, leader);
        await replica.ConfigureAsync(5, leader, [new Member(0, _silo.SiloAddress.ToParsableString())]);
        Assert.True(await replica.AppendAsync(5, leader, 1, [ShardLeaderTests.Put("a")]));
    }

    private string IndexOf(int shard) => Path.Combine(_folder.Root, _options.Name, $"shard-{shard}", "index");

    private string[] Segments(int shard) => System.IO.Directory.GetFiles(IndexOf(shard), "segments_*");

    private string Commit(int shard) => Assert.Single(Segments(shard));
}
