using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using SpladeLucene.Grains;
using SpladeLucene.Replicas;
using SpladeLucene.Shards;
using SpladeLucene.Tests.Clusters.Routing;
using SpladeLucene.Tests.Clusters.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Silos;

/// <summary>A silo whose folder was begun with other options doesn't start, rather than begin shards with nothing.</summary>
public sealed class OtherOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(4, "a b", 1, false)]
    [InlineData(4, "a b", 2, false)]
    [InlineData(2, "a b c", 1, false)]
    [InlineData(2, "a b c", 2, false)]
    [InlineData(4, "a b c", 1, true)]
    [InlineData(2, "b a", 1, true)]
    [InlineData(2, "a c", 1, true)]
    public async Task Silos_ByWhichShardsLieElsewhere_AreRefused(int shards, string silos, int replicas, bool isRefused)
    {
        SpladeClusterOptions options = Begun(shards);
        await BeginAsync(options, 0, new Member(0, "0@1"));

        AssertRefused(isRefused ? "was begun with the silos a, b," : null, options with { Silos = silos.Split(' '), Replicas = replicas });
    }

    [Fact]
    public async Task Folder_OfAnotherSilo_IsRefused_AlsoWhereItSaysNothingOfSilos()
    {
        SpladeClusterOptions options = Begun(4);
        await BeginAsync(options, 2, new Member(0, "0@1"));
        string path = Path.Combine(_folder.Root, options.Name, "shard-2", ReplicaConfiguration.FileName);
        JsonNode before = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (string added in new[] { nameof(ReplicaConfiguration.Silos), nameof(ReplicaConfiguration.Replicas) })
            Assert.True(before.AsObject().Remove(added));
        File.WriteAllText(path, before.ToJsonString());

        AssertRefused(null, options);
        AssertRefused("lies on b, not on this silo 'a'", options with { Silos = ["b", "a"] });
        AssertRefused("lies on c, not on this silo 'a'", options with { Silos = ["a", "b", "c"] });
    }

    [Fact]
    public async Task FewerReplicas_AreRefused_ByTheSiloAndByALeader()
    {
        SpladeClusterOptions options = Begun(1) with { Replicas = 2 };
        await BeginAsync(options, 0, new Member(0, "0@1"), new Member(1, "1@1"));

        AssertRefused("was written with 2 replicas, not 1", options with { Replicas = 1 });
        using var replicas = new LocalReplicas(2, writeTimeout: TimeSpan.FromSeconds(0.5));
        await replicas.Lead().WriteAsync([ShardLeaderTests.Put("a")]);
        var refused = await Assert.ThrowsAsync<TimeoutException>(() => replicas.Lead(1).WriteAsync([ShardLeaderTests.Put("b")]));
        Assert.Contains("written with 2 replicas, not 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shard_ThatTheSilosDontHave_IsRefused()
    {
        using SiloReplicas replicas = Replicas(new LocalSilo("a"), Begun(4));

        Assert.Equal(4, replicas.OptionsOf(new ShardAddress("splade", 3)).Shards);
        Assert.Throws<ArgumentException>(() => replicas.OptionsOf(new ShardAddress("splade", 4)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Search_OfAnotherNumberOfShards_IsRefused(int shards)
    {
        using var encoder = new CountingEncoder();
        using var local = new LocalShards(2, encoder, () => TestIndex.Whitespace);
        await local.Cluster.UpdateAsync([new ClusterDocument("a", "word"), new ClusterDocument("b", "word")]);
        await local.Cluster.RefreshAsync();

        Exception? refused = await Record.ExceptionAsync(() => local.With(shards, encoder).SearchAsync("word"));

        if (shards == 2) Assert.Null(refused);
        else Assert.Contains("2 shards on its silos and", Assert.IsType<SpladeClusterException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_IsRefusedBeforeOthersSeeIt()
    {
        SpladeClusterOptions options = Begun(4);
        await BeginAsync(options, 0, new Member(0, "0@1"));
        var silo = new LocalSilo("a");
        using SiloReplicas replicas = Replicas(silo, options with { Silos = ["a", "b", "c"] });
        using var upkeep = new SiloUpkeep(replicas, new StubGrains().Factory, silo);

        upkeep.Participate(silo);

        await Assert.ThrowsAsync<InvalidDataException>(() => silo.StartAsync(ServiceLifecycleStage.BecomeActive - 1));
    }

    private static SpladeClusterOptions Begun(int shards) => new() { Silos = ["a", "b"], Shards = shards };

    private async Task BeginAsync(SpladeClusterOptions options, int shard, params Member[] members)
    {
        using var replica = new Replica(
            Path.Combine(_folder.Root, options.Name, $"shard-{shard}"), options, 0, "0@1", NullLogger.Instance);
        var leader = Guid.NewGuid();
        await replica.SealAsync(5, leader);
        Assert.True(await replica.ConfigureAsync(5, leader, members));
    }

    private SiloReplicas Replicas(LocalSilo silo, SpladeClusterOptions options) =>
        new([new SiloIndex(options, _folder.Root)], silo, silo);

    private void AssertRefused(string? why, SpladeClusterOptions options)
    {
        using SiloReplicas replicas = Replicas(new LocalSilo("a"), options);
        Exception? refused = Record.Exception(replicas.Check);

        if (why is null) Assert.Null(refused);
        else Assert.Contains(why, Assert.IsType<InvalidDataException>(refused).Message, StringComparison.Ordinal);
    }
}
