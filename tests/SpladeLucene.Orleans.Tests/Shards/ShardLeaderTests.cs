using SpladeLucene.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Shards;

public sealed class ShardLeaderTests : IDisposable
{
    private static readonly string Model = new CountingEncoder().Fingerprint.ToString();
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);

    private readonly LocalReplicas _replicas = new(2);

    public void Dispose() => _replicas.Dispose();

    [Fact]
    public async Task Write_IsOnEveryReplicaWhenItEnds()
    {
        ShardLeader leader = _replicas.Lead();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => leader.WriteAsync([Put($"k{i:D2}")])));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"k{i:D2}"), _replicas[0].Keys());
        Assert.Equal(_replicas[0].Keys(), _replicas[1].Keys());
    }

    [Fact]
    public async Task Write_WhileASiloIsDown_WaitsUntilThatIsCertain()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        _replicas.Kill(1, isDetected: false);

        Task written = leader.WriteAsync([Put("b")]);
        await Assert.ThrowsAsync<TimeoutException>(() => written.WaitAsync(Moment));
        _replicas.Detect(1);
        await written;

        Assert.Equal(["a", "b"], _replicas[0].Keys());
    }

    [Fact]
    public async Task Replica_ThatComesBack_FetchesWhatItMissed()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a"), Put("b")]);
        _replicas.Kill(1);
        await leader.WriteAsync([Put("c"), Operation.Delete("a").ToBytes()]);
        _replicas.Start(1);
        Assert.Null(_replicas[1].Open!.Search(new WireVector("splade", ["word"], [1]), 10));

        await leader.JoinAsync(1);
        await leader.WriteAsync([Put("d")]);

        Assert.Equal(["b", "c", "d"], _replicas[1].Keys());
        Assert.Equal(["b", "c", "d"], _replicas[0].Keys());
    }

    [Fact]
    public async Task Replica_ThatMissedWrites_DoesntServeAlone()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        _replicas.Kill(1);
        await leader.WriteAsync([Put("b")]);
        _replicas.Kill(0);
        _replicas.Start(1);

        ShardLeader next = _replicas.Lead();
        await next.JoinAsync(1);
        Assert.False(_replicas[1].Open!.IsServing);
        await Assert.ThrowsAsync<TimeoutException>(() => next.WriteAsync([Put("c")]).WaitAsync(Moment));
        next.Stop();
        _replicas.Start(0);
        next = _replicas.Lead();
        await next.WriteAsync([Put("d")]);
        await next.JoinAsync(1);

        Assert.Equal(["a", "b", "d"], _replicas[0].Keys());
        Assert.Equal(["a", "b", "d"], _replicas[1].Keys());
    }

    [Fact]
    public async Task Replica_ThatLivedOn_ServesWithoutTheOther()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        _replicas.Kill(0);

        ShardLeader next = _replicas.Lead();
        await next.WriteAsync([Put("b")]);

        Assert.Equal(["a", "b"], _replicas[1].Keys());
    }

    [Fact]
    public async Task Leader_ThatWasReplaced_NeverTakesOverAgain()
    {
        ShardLeader first = _replicas.Lead();
        await first.WriteAsync([Put("a")]);
        ShardLeader second = _replicas.Lead();
        await second.WriteAsync([Put("b")]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WriteAsync([Put("old")]));
        await second.WriteAsync([Put("c")]);

        Assert.Equal(["a", "b", "c"], _replicas[0].Keys());
        Assert.Equal(["a", "b", "c"], _replicas[1].Keys());
    }

    [Fact]
    public async Task Operation_ThatOnlyOneReplicaHad_IsDroppedWhereTheOtherWentOn()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        _replicas[0].DiesAppending = (0, true);
        _replicas[1].DiesAppending = (0, false);
        _ = leader.WriteAsync([Put("lost")]);
        await WaitAsync(() => _replicas[0].Open is null && _replicas[1].Open is null);
        leader.Stop();
        _replicas.Start(1);
        _replicas.Start(0);
        ShardLeader next = _replicas.Lead();
        await next.WriteAsync([Put("b")]);
        await next.JoinAsync(0);
        await next.JoinAsync(1);

        Assert.Equal(_replicas[0].Keys(), _replicas[1].Keys());
        Assert.Equal(["a", "b"], _replicas[0].Keys().Where(key => key != "lost"));
    }

    [Fact]
    public async Task Replica_WithAnEmptyFolder_IsMadeFromTheOther()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        _replicas.Kill(1);
        System.IO.Directory.Delete(_replicas.FolderOf(1), recursive: true);
        await leader.WriteAsync([Put("b")]);
        _replicas.Start(1);

        await leader.JoinAsync(1);

        Assert.Equal(["a", "b"], _replicas[1].Keys());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task WhateverDies_WhatWasAcknowledgedIsThere(int seed)
    {
        using var replicas = new LocalReplicas(3);
        var random = new Random(seed);
        ShardLeader leader = replicas.Lead();
        var acknowledged = new List<string>();
        for (int step = 0; step < 40; step++)
        {
            int number = random.Next(3);
            switch (random.Next(6))
            {
                case 0 when replicas[number].Open is not null:
                    replicas.Kill(number);
                    break;
                case 1 when replicas[number].Open is not null:
                    replicas[number].DiesAppending = (random.Next(3), random.Next(2) == 0);
                    break;
                case 2:
                    leader.Stop();
                    leader = replicas.Lead();
                    break;
                case 3 or 4 when replicas[number].Open is null:
                    replicas.Start(number);
                    await leader.JoinAsync(number).WaitAsync(Moment).ConfigureAwait(
                        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                    break;
                default:
                    string key = $"k{step:D2}";
                    try
                    {
                        await leader.WriteAsync([Put(key)]).WaitAsync(Moment);
                        acknowledged.Add(key);
                    }
                    catch (TimeoutException)
                    {
                        // Too few are there; it may or may not be written.
                    }

                    break;
            }
        }

        leader.Stop();
        leader = replicas.Lead();
        for (int number = 0; number < 3; number++)
        {
            replicas[number].DiesAppending = null;
            if (replicas[number].Open is null) replicas.Start(number);
        }

        await leader.WriteAsync([Put("last")]);
        for (int number = 0; number < 3; number++) await leader.JoinAsync(number);

        Assert.True(acknowledged.Count > 3);
        for (int number = 0; number < 3; number++)
        {
            string[] keys = replicas[number].Keys();
            Assert.Empty(acknowledged.Except(keys));
            Assert.Equal(keys.Distinct(), keys);
            Assert.Equal(replicas[0].Keys(), keys);
        }
    }

    internal static byte[] Put(string key, string body = "") => Operation.Put(
        new ClusterDocument(key, "word", new Dictionary<string, string> { ["body"] = body }),
        [new FieldVector("splade", Model, SparseVector.Create([new SparseTerm("word", 1)]))]).ToBytes();

    private static async Task WaitAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(10);
    }
}
