using SpladeLucene.Grains;
using SpladeLucene.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>A refresh that ends without an exception has made what was acknowledged visible wherever it is asked for.</summary>
public sealed class RefreshTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    private readonly LocalReplicas _replicas = new(2);

    public void Dispose() => _replicas.Dispose();

    [Fact]
    public async Task Refresh_ThatDoesntReachAReplica_WaitsForIt()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        bool isCut = true;
        _replicas[1].Before = name => isCut && name == nameof(IReplicaGrain.RefreshAsync)
            ? throw new IOException("The connection broke.") : Task.CompletedTask;

        Task refreshed = leader.RefreshAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => refreshed.WaitAsync(Moment));
        isCut = false;
        await refreshed;

        for (int number = 0; number < 2; number++) Assert.Single(Shown(number));
    }

    [Fact]
    public async Task Refresh_WhileASiloIsDown_WaitsUntilThatIsCertain()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        _replicas.Kill(1, isDetected: false);

        Task refreshed = leader.RefreshAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => refreshed.WaitAsync(Moment));
        _replicas.Detect(1);
        await refreshed;

        Assert.Single(Shown(0));
    }

    [Fact]
    public async Task Refresh_OfALeaderThatWasReplaced_IsntDone()
    {
        ShardLeader first = _replicas.Lead();
        await first.WriteAsync([ShardLeaderTests.Put("a")]);
        ShardLeader second = _replicas.Lead();
        await second.WriteAsync([ShardLeaderTests.Put("b")]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.RefreshAsync());
    }

    private ShardHit[] Shown(int number) => _replicas[number].Open!.Search(new WireVector("splade", ["word"], [1]), 10)!;
}
