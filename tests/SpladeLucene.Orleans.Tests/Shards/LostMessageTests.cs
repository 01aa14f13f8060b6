using System.Reflection;
using Orleans;
using SpladeLucene.Grains;
using SpladeLucene.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>Messages that a connection loses or delays, and that are sent again.</summary>
public sealed class LostMessageTests : IDisposable
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    private readonly LocalReplicas _replicas = new(2);
    private readonly Guid _client = Guid.NewGuid();

    public void Dispose() => _replicas.Dispose();

    [Fact]
    public async Task Write_ThatComesAfterItsClientGaveItUp_UndoesNothing()
    {
        ShardLeader leader = _replicas.Lead();
        Guid id = (await leader.WriteAsync([ShardLeaderTests.Put("unknown")], new WriteNumber(_client, 1, 1, default)))!.Value;
        await leader.WriteAsync([ShardLeaderTests.Put("a")], new WriteNumber(_client, 1, 1, id));
        await leader.WriteAsync([ShardLeaderTests.Put("new")], new WriteNumber(_client, 4, 3, id));

        foreach (long number in new[] { 1, 2 })
            await Assert.ThrowsAsync<TimeoutException>(() => leader.WriteAsync([ShardLeaderTests.Put("old")], new WriteNumber(_client, number, 1, id)));
        await leader.WriteAsync([ShardLeaderTests.Put("beside")], new WriteNumber(_client, 3, 3, id));
        await leader.WriteAsync([ShardLeaderTests.Put("other")], new WriteNumber(Guid.NewGuid(), 1, 1, id));
        Assert.NotNull(await _replicas.Lead().WriteAsync([ShardLeaderTests.Put("late")], new WriteNumber(_client, 2, 1, id)));

        Assert.Equal(["a", "beside", "new", "other"], _replicas[0].Keys());
    }

    [Fact]
    public async Task Write_ThatIsSentAgainWhileItWaits_IsWrittenOnce()
    {
        ShardLeader leader = _replicas.Lead();
        Guid id = (await leader.WriteAsync([], new WriteNumber(_client, 1, 1, default)))!.Value;
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        TaskCompletionSource goOn = new(), waits = new();
        _replicas[0].Before = name =>
        {
            waits.TrySetResult();
            return name == nameof(IReplicaGrain.AppendAsync) ? goOn.Task : Task.CompletedTask;
        };
        Task first = leader.WriteAsync([ShardLeaderTests.Put("b")]);
        await waits.Task;

        Task[] sent = [.. Enumerable.Range(0, 3).Select(_ => leader.WriteAsync([ShardLeaderTests.Put("c")], new WriteNumber(_client, 1, 1, id)))];
        goOn.SetResult();
        await Task.WhenAll([first, .. sent]);

        Assert.Equal(3, _replicas[0].Open!.Describe().LastNumber);
    }

    [Fact]
    public async Task Write_ThatComesAgain_UndoesNothingOfAnotherClient()
    {
        ShardLeader leader = _replicas.Lead();
        Guid id = (await leader.WriteAsync([], new WriteNumber(_client, 1, 1, default)))!.Value;
        await leader.WriteAsync([ShardLeaderTests.Put("a")], new WriteNumber(_client, 1, 1, id));
        await leader.WriteAsync([Operation.Delete("a").ToBytes()], new WriteNumber(Guid.NewGuid(), 1, 1, id));

        Assert.Null(await leader.WriteAsync([ShardLeaderTests.Put("a")], new WriteNumber(_client, 1, 1, id)));

        Assert.Empty(_replicas[0].Keys());
    }

    [Fact]
    public async Task Write_ThatComesAgainWhileItIsWritten_UndoesNothingOfAnotherClient()
    {
        ShardLeader leader = _replicas.Lead();
        Guid id = (await leader.WriteAsync([], new WriteNumber(_client, 1, 1, default)))!.Value;
        await leader.WriteAsync([ShardLeaderTests.Put("b")]);
        TaskCompletionSource goOn = new(), waits = new();
        _replicas[0].Before = name =>
        {
            waits.TrySetResult();
            return goOn.Task;
        };
        Task first = leader.WriteAsync([ShardLeaderTests.Put("a")], new WriteNumber(_client, 1, 1, id));
        await waits.Task;
        Task other = leader.WriteAsync([Operation.Delete("a").ToBytes()], new WriteNumber(Guid.NewGuid(), 1, 1, id));

        Task again = leader.WriteAsync([ShardLeaderTests.Put("a")], new WriteNumber(_client, 1, 1, id));
        goOn.SetResult();
        await Task.WhenAll(first, other, again);

        Assert.Equal(["b"], _replicas[0].Keys());
    }

    [Fact]
    public async Task Write_ThatItsClientWaitsForNoLonger_IsntWritten()
    {
        ShardLeader leader = _replicas.Lead();
        Guid id = (await leader.WriteAsync([], new WriteNumber(_client, 1, 1, default)))!.Value;
        await leader.WriteAsync([ShardLeaderTests.Put("a")], new WriteNumber(_client, 1, 1, id, TimeSpan.FromMinutes(1)));

        await Assert.ThrowsAsync<TimeoutException>(
            () => leader.WriteAsync([ShardLeaderTests.Put("late")], new WriteNumber(_client, 2, 2, id, TimeSpan.FromTicks(1))));

        Assert.Equal(["a"], _replicas[0].Keys());
    }

    [Fact]
    public async Task Log_WhoseAnswerIsLost_StopsNoWrites()
    {
        await _replicas.Lead().WriteAsync([ShardLeaderTests.Put("a")]);
        int reads = 0;
        foreach (int number in new[] { 0, 1 })
        {
            _replicas[number].After = name => name == nameof(IReplicaGrain.ReadLogAsync) && ++reads == 1
                ? new TaskCompletionSource().Task
                : Task.CompletedTask;
        }

        await _replicas.Lead().WriteAsync([ShardLeaderTests.Put("b")]).WaitAsync(Enough);

        for (int number = 0; number < 2; number++) Assert.Equal(["a", "b"], _replicas[number].Keys());
        Assert.InRange(reads, 2, 100);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CatchUp_ThatComesLate_DropsNothing(bool exactly)
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        var comes = new TaskCompletionSource();
        _replicas[1].Before = name => name == nameof(IReplicaGrain.AppendAsync) ? comes.Task : Task.CompletedTask;
        Task written = leader.WriteAsync([ShardLeaderTests.Put("b")]);
        while (_replicas[0].Open!.Describe().LastNumber < 2) await Task.Delay(10);

        await ((Task)_replicas[0].CatchUpAsync(1, exactly)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        Assert.True(_replicas[0].Open!.IsServing);
        comes.SetResult();
        await written;
        for (int number = 0; number < 2; number++) Assert.Equal(["a", "b"], _replicas[number].Keys());
    }

    [Fact]
    public void Call_ThatALostAnswerLeavesWaiting_EndsInMinutes() => Assert.All(
        new[] { typeof(IReplicaGrain), typeof(IShardGrain) }.SelectMany(grain => grain.GetMethods())
            .Select(method => method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout ?? TimeSpan.Zero),
        timeout => Assert.InRange(timeout, TimeSpan.Zero, TimeSpan.FromMinutes(5)));

    [Fact]
    public async Task Configuration_ThatComesAfterALaterOne_MakesNoReplicaServe()
    {
        ShardLeader leader = _replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        _replicas.Kill(1);
        await leader.WriteAsync([ShardLeaderTests.Put("b")]);
        _replicas.Start(1);
        TaskCompletionSource comes = new(), ended = new();
        _replicas[1].Before = name => name == nameof(IReplicaGrain.ConfigureAsync) ? comes.Task : Task.CompletedTask;
        _replicas[1].After = name =>
        {
            if (name == nameof(IReplicaGrain.ConfigureAsync)) ended.TrySetResult();
            return Task.CompletedTask;
        };
        await leader.JoinAsync(1);

        await leader.WriteAsync([ShardLeaderTests.Put("c")]).WaitAsync(Enough);
        comes.SetResult();
        await ended.Task;

        Assert.Equal(["a", "b", "c"], _replicas[0].Keys());
        Assert.False(_replicas[1].Open!.IsServing);
        await leader.JoinAsync(1);
        Assert.Equal(["a", "b", "c"], _replicas[1].Keys());
    }

    [Fact]
    public async Task Answer_ThatIsLost_IsntWaitedForForGood()
    {
        using var replicas = new LocalReplicas(2, writeTimeout: TimeSpan.FromSeconds(3));
        ShardLeader leader = replicas.Lead();
        await leader.WriteAsync([ShardLeaderTests.Put("a")]);
        bool isLost = false;
        replicas[1].After = name =>
        {
            if (isLost || name != nameof(IReplicaGrain.AppendAsync)) return Task.CompletedTask;
            isLost = true;
            return new TaskCompletionSource().Task;
        };

        await leader.WriteAsync([ShardLeaderTests.Put("b")]).WaitAsync(Enough);

        for (int number = 0; number < 2; number++) Assert.Equal(["a", "b"], replicas[number].Keys());
    }
}
