using SpladeLucene.Routing;

namespace SpladeLucene.Tests.Clusters.Network;

/// <summary>Connections that are slow, stop or break: an answer is complete or says what it lacks, and nothing that was acknowledged
/// is lost, old or doubled.</summary>
public sealed class NetworkFaultTests(SocketCluster sockets) : IClassFixture<SocketCluster>
{
    private const int Documents = 40;

    private static readonly ClusterSearchRequest All = new() { Count = 1000, Floor = ScoreFloor.None, Deadline = TimeSpan.FromSeconds(4) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Search_WhileASilosConnectionsStop_NamesItsShardAndHasTheOthersHits(bool isHybrid)
    {
        ISpladeCluster cluster = sockets.Find(SocketCluster.Single);
        ClusterSearchRequest all = All with { Hybrid = isHybrid };
        ClusterSearchResult before = await WrittenAsync(cluster, all);

        sockets.Silos["b"].Hold();
        ClusterSearchResult without = await cluster.SearchAsync("word", all);
        sockets.Silos["b"].Heal();

        Assert.Equal([1], without.MissingShards);
        Assert.Equal(
            before.Hits.Select(hit => hit.Key).Where(key => KeyHash.ShardOf(key, 3) != 1).Order(StringComparer.Ordinal),
            without.Hits.Select(hit => hit.Key).Order(StringComparer.Ordinal));
        AssertSame(before, await UntilCompleteAsync(cluster, all));
    }

    [Fact]
    public async Task Search_WhileASilosConnectionsStop_IsCompleteFromOtherReplicas()
    {
        ISpladeCluster cluster = sockets.Find(SocketCluster.Replicated);
        ClusterSearchResult before = await WrittenAsync(cluster, All);

        sockets.Silos["a"].Hold();
        ClusterSearchResult[] during = [await cluster.SearchAsync("word", All), await cluster.SearchAsync("word", All)];
        sockets.Silos["a"].Heal();

        foreach (ClusterSearchResult found in during)
        {
            Assert.True(found.IsComplete);
            AssertSame(before, found);
        }
    }

    [Fact]
    public async Task Search_OverSlowConnections_IsComplete()
    {
        ISpladeCluster cluster = sockets.Find(SocketCluster.Single);
        ClusterSearchResult before = await WrittenAsync(cluster, All);

        foreach (FaultyConnections silo in sockets.Silos.Values) silo.Delay = 30;
        ClusterSearchResult slow = await UntilCompleteAsync(cluster, All with { Deadline = TimeSpan.FromMinutes(1) });
        foreach (FaultyConnections silo in sockets.Silos.Values) silo.Delay = 0;

        AssertSame(before, slow);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Writes_WhoseConnectionsBreak_AreThereOnceAndInTheirOrder(bool losesAnswers)
    {
        ISpladeCluster cluster = sockets.Find(SocketCluster.Replicated);
        await WriteAsync(cluster, version: 1);

        Task written = WriteAsync(cluster, version: 2);
        foreach (FaultyConnections silo in sockets.Silos.Values)
        {
            if (losesAnswers) silo.LoseAnswers();
            else silo.Break();
        }

        await Task.Delay(losesAnswers ? 300 : 0);
        foreach (FaultyConnections silo in sockets.Silos.Values) silo.Heal();
        await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!written.IsCompletedSuccessfully) Assert.IsType<SpladeClusterException>(written.Exception!.InnerException);
        await UntilAsync(() => WriteAsync(cluster, version: 3));
        await UntilAsync(() => cluster.RefreshAsync());

        // Both replicas of each shard.
        for (int turn = 0; turn < 4; turn++)
        {
            ClusterSearchResult found = await UntilCompleteAsync(cluster, All);
            Assert.Equal(Documents, found.Hits.Count);
            Assert.All(found.Hits, hit => Assert.Equal("3", hit.Stored["version"]));
        }
    }

    private static Task WriteAsync(ISpladeCluster cluster, int version) => cluster.UpdateAsync(Enumerable.Range(0, Documents).Select(
        i => new ClusterDocument($"k{i}", $"word w{i % 7}", new Dictionary<string, string> { ["version"] = $"{version}" })));

    private static async Task<ClusterSearchResult> WrittenAsync(ISpladeCluster cluster, ClusterSearchRequest request)
    {
        await WriteAsync(cluster, version: 1);
        await cluster.RefreshAsync();
        return await UntilCompleteAsync(cluster, request);
    }

    private static void AssertSame(ClusterSearchResult expected, ClusterSearchResult found) => Assert.Equal(
        expected.Hits.Select(hit => (hit.Key, hit.Score)), found.Hits.Select(hit => (hit.Key, hit.Score)));

    private static async Task<ClusterSearchResult> UntilCompleteAsync(ISpladeCluster cluster, ClusterSearchRequest request)
    {
        while (true)
        {
            if (await cluster.SearchAsync("word", request) is { IsComplete: true } found) return found;
        }
    }

    private static async Task UntilAsync(Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (SpladeClusterException)
            {
                // Connections are made again after a while.
            }
        }
    }
}
