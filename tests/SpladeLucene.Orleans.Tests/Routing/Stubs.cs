using System.Reflection;
using Orleans;
using SpladeLucene.Grains;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>Gives out grains that a test made.</summary>
internal sealed class StubGrains
{
    private readonly Dictionary<string, object> _grains = [];

    public StubGrains()
    {
        Factory = DispatchProxy.Create<IGrainFactory, FactoryProxy>();
        ((FactoryProxy)Factory).Find = key => _grains.GetValueOrDefault(key) ?? Shard!;
    }

    public IGrainFactory Factory { get; }

    public StubShard? Shard { get; init; }

    public IReplicaGrain this[int shard, int replica]
    {
        set => _grains[new ShardAddress("splade", shard, replica).ToString()] = value;
    }

    public IShardGrain this[int shard]
    {
        set => _grains[new ShardAddress("splade", shard).ToString()] = value;
    }

#pragma warning disable CA1852 // A proxy derives from it at run time.
    internal class FactoryProxy : DispatchProxy
    {
        public Func<string, object>? Find { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Find!((string)args![0]!);
    }
#pragma warning restore CA1852
}

/// <summary>A replica with one document, that answers at once or never.</summary>
internal sealed class StubReplica(string key, string fingerprint) : IReplicaGrain
{
    public List<string> Calls { get; } = [];

    public bool Hangs { get; set; }

    /// <summary>The call that isn't answered; null for all or none.</summary>
    public string? HangsIn { get; set; }

    public Task<ShardStatistics?> StatisticsAsync(WireQuestion question) => Answer<ShardStatistics?>("statistics", new ShardStatistics(
        1, [.. question.Terms.Select(_ => 1)], [new FieldModels(question.Field, fingerprint, 1)], [.. question.Words.Select(_ => 1)], 1));

    public Task<float[]?> BestScoresAsync(WireVector vector, int wanted) => Answer<float[]?>("best", [1]);

    public Task<ShardHit[]?> SearchHybridAsync(WireHybridQuery query, int wanted) => Answer<ShardHit[]?>("hybrid", [new ShardHit(key, 1, [])]);

    public Task<ShardHit[]?> SearchAsync(WireVector vector, int wanted) => Answer<ShardHit[]?>("search", [new ShardHit(key, 1, [])]);

    public Task<bool> RefreshAsync(long epoch) => throw new NotSupportedException();

    public Task<ReplicaState> DescribeAsync() => throw new NotSupportedException();

    public Task<ReplicaState> SealAsync(long epoch, Guid leader) => throw new NotSupportedException();

    public Task<ReplicaState> FenceAsync(long epoch) => throw new NotSupportedException();

    public Task<bool> ConfigureAsync(long epoch, Guid leader, Member[] members) => throw new NotSupportedException();

    public Task<bool> AppendAsync(long epoch, Guid leader, long firstNumber, byte[][] operations) => throw new NotSupportedException();

    public Task<ReplicaState> CatchUpAsync(int? peer, bool exactly) => throw new NotSupportedException();

    public Task<LogPage> ReadLogAsync(long number, byte[] hash) => throw new NotSupportedException();

    public Task<CommitOffer?> OfferCommitAsync() => throw new NotSupportedException();

    public Task<byte[]> ReadFileAsync(Guid offer, string name, long at) => throw new NotSupportedException();

    public Task ReleaseCommitAsync(Guid offer) => throw new NotSupportedException();

    private Task<T> Answer<T>(string call, T answer)
    {
        Calls.Add(call);
        return Hangs || HangsIn == call ? new TaskCompletionSource<T>().Task : Task.FromResult(answer);
    }
}

/// <summary>A leader that takes down what it is given.</summary>
internal sealed class StubShard : IShardGrain
{
    public List<byte[][]> Messages { get; } = [];

    public bool Refuses { get; init; }

    /// <summary>How many writes are never answered.</summary>
    public int Loses { get; set; }

    public List<WriteNumber> Numbers { get; } = [];

    /// <summary>Whom it is; another is refused.</summary>
    public Guid Leader { get; set; }

    public Task<Guid?> WriteAsync(byte[][] operations, WriteNumber number)
    {
        Numbers.Add(number);
        Messages.Add(operations);
        if (number.Leader != Leader) return Task.FromResult<Guid?>(Leader);
        if (Loses-- > 0) return new TaskCompletionSource<Guid?>().Task;
        return Refuses ? Task.FromException<Guid?>(new ArgumentException("It can't be applied.")) : Task.FromResult<Guid?>(null);
    }

    public Queue<Task> Refreshed { get; } = [];

    public Task RefreshAsync() => Refreshed.Dequeue();

    public Func<int, Task> Joined { get; init; } = _ => Task.CompletedTask;

    public Task JoinAsync(int replica) => Joined(replica);
}
