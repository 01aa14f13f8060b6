using SpladeLucene.Grains;
using SpladeLucene.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>Whatever fails around a leader, what was acknowledged stays, and one replica doesn't stop the others.</summary>
public sealed partial class LeaderFaultTests : IDisposable
{
    private const int NotYet = 7;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    private readonly LocalReplicas _replicas = new(2);

    public void Dispose() => _replicas.Dispose();

    [Fact]
    public async Task Write_AfterOneWhoseEndIsntKnown_IsWritten()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        var answers = new TaskCompletionSource();
        _replicas[1].After = name => name == nameof(IReplicaGrain.AppendAsync) ? answers.Task : Task.CompletedTask;
        _replicas.IsUnknown = true;
        await Assert.ThrowsAsync<IOException>(() => leader.WriteAsync([Put("b")]));
        _replicas.IsUnknown = false;
        answers.SetResult();

        await leader.WriteAsync([Put("c")]);

        Assert.Contains("c", _replicas[0].Keys());
        Assert.Equal(_replicas[0].Keys(), _replicas[1].Keys());
    }

    [Fact]
    public async Task Append_ThatTheLogEndsElsewhereThan_IsRefused()
    {
        var leader = Guid.NewGuid();
        LocalReplica replica = _replicas[0];
        await replica.SealAsync(5, leader);
        await replica.ConfigureAsync(5, leader, [new Member(0, "0@1")]);
        Assert.True(await replica.AppendAsync(5, leader, 1, [Put("a")]));

        Assert.False(await replica.AppendAsync(5, leader, 1, [Put("b"), Put("c")]));
        Assert.False(await replica.AppendAsync(5, leader, 3, [Put("c")]));

        Assert.Equal(["a"], replica.Keys());
    }

    [Fact]
    public async Task Leader_ThatWasReplaced_DoesntComeBackByAJoin()
    {
        using var replicas = new LocalReplicas(3);
        ShardLeader first = replicas.Lead();
        await first.WriteAsync([Put("a")]);
        replicas.Kill(2);
        await first.WriteAsync([Put("b")]);
        ShardLeader second = replicas.Lead();
        await second.WriteAsync([Put("c")]);
        replicas.Start(2);

        await first.JoinAsync(2);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WriteAsync([Put("old")]));
        await second.WriteAsync([Put("d")]);
        await second.JoinAsync(2);

        for (int number = 0; number < 3; number++) Assert.Equal(["a", "b", "c", "d"], replicas[number].Keys());
    }

    [Fact]
    public async Task Configuration_OfALeaderToWhomNothingWasPromised_IsRefused()
    {
        await _replicas[0].SealAsync(5, Guid.NewGuid());

        Assert.False(await _replicas[0].ConfigureAsync(6, Guid.NewGuid(), [new Member(0, "0@1")]));
    }

    [Fact]
    public async Task Replica_ThatRestarts_DoesntDropForAnEmptyOne()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        foreach (int number in new[] { 0, 1 }) _replicas.Kill(number);
        System.IO.Directory.Delete(_replicas.FolderOf(0), recursive: true);
        foreach (int number in new[] { 0, 1 }) _replicas.Start(number);

        await leader.JoinAsync(1);

        Assert.Equal(1, _replicas[1].Open!.Describe().LastNumber);
    }

    [Fact]
    public async Task Replica_ThatAllLost_IsntStartedFromOneThatMissedTheWrites()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([]);
        _replicas.Kill(1);
        await leader.WriteAsync([Put("a")]);
        _replicas.Kill(0);
        System.IO.Directory.Delete(_replicas.FolderOf(0), recursive: true);
        foreach (int number in new[] { 0, 1 }) _replicas.Start(number);

        await Assert.ThrowsAsync<TimeoutException>(() => _replicas.Lead().WriteAsync([Put("b")]).WaitAsync(Moment));
    }

    [Fact]
    public async Task Replica_ThatCantPromise_DoesntStopOneThatServes()
    {
        await _replicas.Lead().WriteAsync([Put("a")]);
        _replicas.Kill(1);
        _replicas.Start(1);
        _replicas[1].Before = name => name == nameof(IReplicaGrain.SealAsync) ? throw new IOException("The disk is full.") : Task.CompletedTask;

        await _replicas.Lead().WriteAsync([Put("b")]).WaitAsync(Enough);

        Assert.Equal(["a", "b"], _replicas[0].Keys());
    }

    [Fact]
    public async Task Leader_BesideWhichAnotherWasConfigured_FailsWhatWaits()
    {
        ShardLeader first = _replicas.Lead();
        await first.PrepareAsync();
        ShardLeader second = _replicas.Lead();
        await second.WriteAsync([Put("a")]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WriteAsync([Put("old")]));
        await second.WriteAsync([Put("b")]);

        Assert.Equal(["a", "b"], _replicas[0].Keys());
    }

    [Fact]
    public async Task Join_ThatHangsWhileWritesWait_LetsThemGo()
    {
        ShardLeader leader = await WithoutTheSecondAsync();
        int calls = 0;
        var never = new TaskCompletionSource();
        var hangs = new TaskCompletionSource();
        _replicas[1].Before = async name =>
        {
            if (name != nameof(IReplicaGrain.CatchUpAsync) || ++calls < 2) return;
            hangs.TrySetResult();
            await never.Task;
        };
        Task joining = leader.JoinAsync(1);
        await hangs.Task;

        await leader.WriteAsync([Put("c")]).WaitAsync(Enough);

        Assert.Equal(["a", "b", "c"], _replicas[0].Keys());
        await joining.WaitAsync(Enough);
        never.SetResult();
    }

    [Fact]
    public async Task FirstCatchUp_UnderSteadyWrites_Ends()
    {
        ShardLeader leader = await WithoutTheSecondAsync();
        int reads = 0;
        _replicas[0].Before = async name =>
        {
            if (name != nameof(IReplicaGrain.ReadLogAsync) || ++reads > 30) return;
            // Where writes wait for the join this one does too.
            await ((Task)leader.WriteAsync([Put($"k{reads}")])).WaitAsync(Moment).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        };

        await leader.JoinAsync(1);

        Assert.InRange(reads, 2, 6);
    }

    [Fact]
    public async Task Writes_ThatWait_GoTogetherOnlyUpToSomeMegabytes()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);

        await Task.WhenAll(Enumerable.Range(0, 9).Select(i => leader.WriteAsync([Put($"k{i}", new string('x', 3_000_000))])));

        Assert.Equal(10, _replicas[0].Keys().Length);
        Assert.InRange(_replicas[0].Appended.Max(), 3_000_000, Operation.MostBytes);
    }

    [Fact]
    public async Task Write_ThatWaitedTooLong_IsntWritten()
    {
        using var replicas = new LocalReplicas(2, writeTimeout: Moment);
        ShardLeader leader = replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        replicas.Kill(1, isDetected: false);
        Task written = leader.WriteAsync([Put("b")]), late = leader.WriteAsync([Put("late")]);

        foreach (Task one in new[] { written, late })
            Assert.Contains("couldn't be written", (await Assert.ThrowsAsync<TimeoutException>(() => one.WaitAsync(Enough))).Message, StringComparison.Ordinal);
        replicas.Detect(1);
        await leader.WriteAsync([Put("c")]);

        Assert.Equal(["a", "c"], replicas[0].Keys().Where(key => key != "b"));
    }

    [Fact]
    public async Task Replica_ThatFetches_CanBeClosed()
    {
        ShardLeader leader = await WithoutTheSecondAsync();
        TaskCompletionSource never = new(), hangs = new();
        _replicas[0].After = name =>
        {
            if (name != nameof(IReplicaGrain.ReadLogAsync)) return Task.CompletedTask;
            hangs.TrySetResult();
            return never.Task;
        };
        Task joining = leader.JoinAsync(1);
        await hangs.Task;

        await Task.Run(() => _replicas.Kill(1)).WaitAsync(Enough);

        await joining.WaitAsync(Enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task<ShardLeader> WithoutTheSecondAsync()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([Put("a")]);
        _replicas.Kill(1);
        await leader.WriteAsync([Put("b")]);
        _replicas.Start(1);
        return leader;
    }

    private static byte[] Put(string key, string body = "") => ShardLeaderTests.Put(key, body);
}
