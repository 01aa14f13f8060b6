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
