using System.Reflection;
using Orleans;
using SpladeLucene.Grains;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>Gives out grains that a test made.</summary>
internal sealed class StubGrains
{
    private readonly Dictionary<string, object> _replicas = [];

    public StubGrains()
    {
        Factory = DispatchProxy.Create<IGrainFactory, FactoryProxy>();
        ((FactoryProxy)Factory).Find = key => _replicas.GetValueOrDefault(key) ?? Shard!;
    }

    public IGrainFactory Factory { get; }

    public StubShard? Shard { get; init; }

    public StubReplica this[int shard, int replica]
    {
        set => _replicas[new ShardAddress("splade", shard, replica).ToString()] = value;
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

    public Task<bool> Refreshed { get; set; } = Task.FromResult(true);

    public Task<ShardStatistics?> StatisticsAsync(string[] terms) =>
        Answer<ShardStatistics?>("statistics", new ShardStatistics(1, [.. terms.Select(_ => 1)], [fingerprint]));

    public Task<ShardHit[]?> SearchAsync(WireVector vector, int wanted) => Answer<ShardHit[]?>("search", [new ShardHit(key, 1, [])]);

    public Task<bool> RefreshAsync() => Refreshed;

    public Task<ReplicaState> DescribeAsync() => throw new NotSupportedException();

    public Task<ReplicaState> SealAsync(long epoch, Guid leader) => throw new NotSupportedException();

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
        return Hangs ? new TaskCompletionSource<T>().Task : Task.FromResult(answer);
    }
}

/// <summary>A leader that takes down what it is given.</summary>
internal sealed class StubShard : IShardGrain
{
    public List<byte[][]> Messages { get; } = [];

    public bool Refuses { get; init; }

    public Task WriteAsync(byte[][] operations)
    {
        Messages.Add(operations);
        return Refuses ? Task.FromException(new ArgumentException("It can't be applied.")) : Task.CompletedTask;
    }

    public Task JoinAsync(int replica) => throw new NotSupportedException();
}
