using Lucene.Net.Analysis;
using Orleans.Runtime;
using SpladeLucene.Routing;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>What a client of the shards does where one of them hangs, fails or is given much.</summary>
public sealed class RoutingFaultTests : IDisposable
{
    private readonly CountingEncoder _encoder = new();

    public void Dispose() => _encoder.Dispose();

    [Fact]
    public async Task Search_WhileAShardHangs_NamesItAndHasTheOthersHits()
    {
        StubReplica good = Replica("a"), hanging = Replica("b");
        hanging.Hangs = true;
        SpladeCluster cluster = Cluster(new StubGrains { [0, 0] = good, [1, 0] = hanging }, shards: 2);

        ClusterSearchResult found = await cluster.SearchAsync("word", new ClusterSearchRequest { Deadline = TimeSpan.FromSeconds(4) });

        Assert.Equal([1], found.MissingShards);
        Assert.Equal("a", Assert.Single(found.Hits).Key);
    }

    [Fact]
    public async Task Searches_AskReplicasInTurn_AndEachOneReplicaForBothRounds()
    {
        StubReplica first = Replica("a"), second = Replica("a");
        SpladeCluster cluster = Cluster(new StubGrains { [0, 0] = first, [0, 1] = second }, replicas: 2);

        for (int i = 0; i < 6; i++) await cluster.SearchAsync("word");

        foreach (StubReplica replica in new[] { first, second })
            Assert.Equal(Enumerable.Repeat(new[] { "statistics", "search" }, 3).SelectMany(calls => calls), replica.Calls);
    }

    [Fact]
    public async Task Replica_ThatAnsweredBefore_IsAskedAgain_WhileOthersWaitForIt()
    {
        StubReplica first = Replica("a"), second = Replica("a");
        var asker = new ShardAsker(
            new StubGrains { [0, 0] = first, [0, 1] = second }.Factory, new SpladeClusterOptions { Silos = ["s0", "s1"], Replicas = 2 });
        var never = new TaskCompletionSource<string?>();
        Task other = asker.AskAllAsync([0], _ => null, 0, _ => never.Task, TimeSpan.FromMinutes(1), CancellationToken.None);

        ShardAnswer<string>?[] answers = await asker.AskAllAsync(
            [0], _ => 0, 1, replica => Task.FromResult<string?>(replica == first ? "first" : "second"), TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Equal(new ShardAnswer<string>(0, "first"), answers[0]);
        never.SetResult(null);
        await other;
    }

    [Fact]
    public async Task Refresh_IsTriedAgain_UntilTheLeaderSaysThatItIsDone()
    {
        var shard = new StubShard();
        SpladeCluster cluster = Cluster(new StubGrains { Shard = shard });

        shard.Refreshed.Enqueue(Task.FromException(new SiloUnavailableException("It is down.")));
        shard.Refreshed.Enqueue(Task.CompletedTask);
        await cluster.RefreshAsync();
        shard.Refreshed.Enqueue(new TaskCompletionSource().Task);
        await Assert.ThrowsAsync<SpladeClusterException>(() => cluster.RefreshAsync());

        Assert.Empty(shard.Refreshed);
    }

    [Theory]
    [InlineData("statistics", 2)]
    [InlineData("best", 2)]
    [InlineData("hybrid", 2)]
    [InlineData("none", 0)]
    public async Task HybridSearch_WhileAShardHangsInARound_NamesItAndHasTheOthersHits(string call, int missing)
    {
        StubReplica good = Replica("a"), hanging = Replica("b");
        hanging.HangsIn = call;
        SpladeCluster cluster = Cluster(
            new StubGrains { [0, 0] = Replica("x"), [1, 0] = good, [2, 0] = hanging }, shards: 3, words: () => TestIndex.Whitespace);

        ClusterSearchResult found = await cluster.SearchAsync(
            "word", new ClusterSearchRequest { Deadline = TimeSpan.FromSeconds(4), Hybrid = true });

        Assert.Equal(missing == 0 ? [] : [missing], found.MissingShards);
        Assert.Equal(missing == 0 ? ["a", "b", "x"] : ["a", "x"], found.Hits.Select(hit => hit.Key));
    }

    [Fact]
    public async Task HybridSearch_OfAnIndexWithoutWords_IsRefused()
    {
        SpladeCluster cluster = Cluster(new StubGrains { [0, 0] = Replica("a") });

        await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.SearchAsync("word", new ClusterSearchRequest { Hybrid = true }));
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.SearchAsync("word", new ClusterSearchRequest { MeaningWeight = 1 }));
    }

    [Fact]
    public async Task LargeDocuments_GoInSeveralMessages_InTheirOrder()
    {
        var shard = new StubShard();
        SpladeCluster cluster = Cluster(new StubGrains { Shard = shard });

        await cluster.UpdateAsync(Enumerable.Range(0, 5).Select(i => Document($"k{i}", 3_000_000)));

        Assert.Equal(["k0", "k1", "k2", "k3", "k4"], shard.Messages.SelectMany(message => message).Select(bytes => Operation.Read(bytes).Key));
        Assert.All(shard.Messages, message => Assert.InRange(message.Sum(bytes => bytes.Length), 1, Operation.MostBytes));
    }

    [Fact]
    public async Task Document_ThatIsTooLarge_IsNamedAndNothingOfItsBatchIsWritten()
    {
        var shard = new StubShard();
        SpladeCluster cluster = Cluster(new StubGrains { Shard = shard });

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => cluster.UpdateAsync([Document("small", 10), Document("large", 9_000_000)]));

        Assert.Contains("'large'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(shard.Messages);
    }

    [Fact]
    public async Task Document_ThatCantBeEncoded_HasItsKeyAndItsPlaceAmongAll()
    {
        var shard = new StubShard();
        using var encoder = new CountingEncoder { Refuses = "bad" };
        var cluster = new SpladeCluster(new SpladeClusterOptions { Silos = ["s0"] }, encoder, new StubGrains { Shard = shard }.Factory);

        var refused = await Assert.ThrowsAsync<SpladeDocumentException>(() => cluster.UpdateAsync(
            Enumerable.Range(0, 300).Select(i => new ClusterDocument($"k{i}", i == 200 ? "bad" : "word"))));

        Assert.Equal((200L, "k200"), (refused.Number, refused.Id));
        Assert.Equal(128, shard.Messages.Sum(message => message.Length));
    }

    [Fact]
    public async Task Write_ThatIsntAnswered_IsSentAgainWithItsNumber()
    {
        var shard = new StubShard { Loses = 1 };
        SpladeCluster cluster = Cluster(new StubGrains { Shard = shard });

        await cluster.DeleteAsync(["a"]);
        // Another leader is told its own name.
        shard.Leader = Guid.NewGuid();
        await cluster.DeleteAsync(["b"]);

        Assert.Equal([(1L, 1L), (1L, 1L), (2L, 2L), (2L, 2L)], shard.Numbers.Select(number => (number.Number, number.Oldest)));
        Assert.Equal([default, default, default, shard.Leader], shard.Numbers.Select(number => number.Leader));
    }

    [Fact]
    public async Task Write_ThatTheLeaderRefuses_IsntTriedAgain()
    {
        var shard = new StubShard { Refuses = true };

        await Assert.ThrowsAsync<ArgumentException>(() => Cluster(new StubGrains { Shard = shard }).DeleteAsync(["a"]));

        Assert.Single(shard.Messages);
    }

    private SpladeCluster Cluster(StubGrains grains, int shards = 1, int replicas = 1, Func<Analyzer>? words = null) => new(
        new SpladeClusterOptions
        {
            Silos = ["s0", "s1"], Shards = shards, Replicas = replicas, WriteTimeout = TimeSpan.FromSeconds(1), AnalyzerFactory = words,
        },
        _encoder, grains.Factory);

    private StubReplica Replica(string key) => new(key, new SpladeFingerprint(_encoder.Fingerprint, ImpactFormat.Default.Quantizer.Range).ToTerm());

    private static ClusterDocument Document(string key, int bytes) =>
        new(key, "word", new Dictionary<string, string> { ["body"] = new('x', bytes) });
}
