using System.Runtime.CompilerServices;
using Lucene.Net.Analysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using SpladeLucene.Grains;
using SpladeLucene.Replicas;
using SpladeLucene.Shards;
using SpladeLucene.Wire;

namespace SpladeLucene.Tests.Clusters.Shards;

/// <summary>The replicas of a shard in folders of this process, which die and come back, as their silos would.</summary>
internal sealed class LocalReplicas : ISiloDeaths, IDisposable
{
    private readonly SpladeClusterOptions _options;
    private readonly TemporaryFolder _folder = new();
    private readonly LocalReplica[] _replicas;
    private readonly HashSet<string> _over = [];
    private long _version = 1;

    private readonly int _shard;

    public LocalReplicas(
        int replicas, long logBytesKept = 1 << 20, TimeSpan? writeTimeout = null, Func<Analyzer>? words = null, int shard = 0, int shards = 1)
    {
        _shard = shard;
        _options = new SpladeClusterOptions
        {
            Silos = [.. Enumerable.Range(0, replicas).Select(i => $"s{i}")], Replicas = replicas, LogBytesKept = logBytesKept,
            WriteTimeout = writeTimeout ?? TimeSpan.FromSeconds(30), AnalyzerFactory = words,
            Shards = shards,
        };
        _replicas = [.. Enumerable.Range(0, replicas).Select(number => new LocalReplica(this, number))];
        foreach (LocalReplica replica in _replicas) Start(replica.Number);
    }

    /// <summary>Whether the membership can't be read.</summary>
    public bool IsUnknown { get; set; }

    public LocalReplica this[int number] => _replicas[number];

    /// <summary>A leader, where it is to have other options of so many replicas.</summary>
    public ShardLeader Lead(int? replicas = null, ILogger? logger = null) => new(
        _options with { Replicas = replicas ?? _options.Replicas }, _shard, number => _replicas[number], this, logger ?? NullLogger.Instance);

    public IReplicaGrain Peer(int number) => _replicas[number];

    public void Kill(int number, bool isDetected = true)
    {
        LocalReplica replica = _replicas[number];
        replica.Open?.Dispose();
        replica.Open = null;
        if (isDetected) Detect(number);
    }

    public void Detect(int number)
    {
        _over.Add($"{number}@{_replicas[number].Generation}");
        _version++;
    }

    public void Start(int number)
    {
        LocalReplica replica = _replicas[number];
        if (replica.Generation > 0) Detect(number);
        replica.Generation++;
        _version++;
        replica.Open = new Replica(
            FolderOf(number), _options, number, $"{number}@{replica.Generation}", NullLogger.Instance, file => replica.Flush(file));
    }

    public string FolderOf(int number) => _folder.PathOf($"r{number}");

    public Task<long> RefreshAsync() =>
        IsUnknown ? Task.FromException<long>(new IOException("The membership can't be read.")) : Task.FromResult(_version);

    public bool IsOver(string incarnation) => _over.Contains(incarnation);

    public void Dispose()
    {
        for (int i = 0; i < _replicas.Length; i++) Kill(i);
        _folder.Dispose();
    }
}

/// <summary>One of them; calls fail while it is down.</summary>
internal sealed class LocalReplica(LocalReplicas all, int number) : IReplicaGrain
{
    public int Number => number;

    public int Generation { get; set; }

    public Replica? Open { get; set; }

    /// <summary>Appends so many times and then dies in the next one, before or after it is written.</summary>
    public (int After, bool IsWritten)? DiesAppending { get; set; }

    /// <summary>What becomes of a part of a file on its way to another replica.</summary>
    public Func<string, byte[], byte[]> OnTheWay { get; set; } = (_, part) => part;

    /// <summary>How its log waits for the disk.</summary>
    public Action<SafeFileHandle> Flush { get; set; } = RandomAccess.FlushToDisk;

    /// <summary>What happens before and after calls of a name.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Func<string, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>How many bytes came in each append.</summary>
    public List<long> Appended { get; } = [];

    private Replica Up => Open ?? throw new IOException($"Replica {number} is down.");

    public string[] Keys()
    {
        Up.Refresh();
        return [.. Up.Search(new WireVector("splade", ["word"], [1]), 100_000)!.Select(hit => hit.Key)];
    }

    public Task<ReplicaState> DescribeAsync() => Task.Run(() => Up.Describe());

    public Task<ReplicaState> SealAsync(long epoch, Guid leader) => RunAsync(() => Up.SealAsync(epoch, leader));

    public Task<bool> ConfigureAsync(long epoch, Guid leader, Member[] members) => RunAsync(() => Up.ConfigureAsync(epoch, leader, members));

    public Task<ReplicaState> FenceAsync(long epoch) => RunAsync(() => Task.FromResult(Up.Fence(epoch)));

    public Task<bool> AppendAsync(long epoch, Guid leader, long firstNumber, byte[][] operations) => RunAsync(async () =>
    {
        lock (Appended) Appended.Add(operations.Sum(operation => (long)operation.Length));
        if (DiesAppending is not { } dies) return await Up.AppendAsync(epoch, leader, firstNumber, operations);
        DiesAppending = dies.After == 0 ? null : (dies.After - 1, dies.IsWritten);
        if (dies.After > 0 || dies.IsWritten) await Up.AppendAsync(epoch, leader, firstNumber, operations);
        if (dies.After > 0) return true;
        all.Kill(number);
        throw new IOException("Killed.");
    });

    public Task<ReplicaState> CatchUpAsync(int? peer, bool exactly) =>
        RunAsync(() => Up.CatchUpAsync(peer is { } other ? all.Peer(other) : null, exactly));

    public Task<LogPage> ReadLogAsync(long number, byte[] hash) => RunAsync(() => Task.FromResult(Up.ReadLog(number, hash)));

    public Task<CommitOffer?> OfferCommitAsync() => Task.Run(() => Up.OfferCommitAsync());

    public Task<byte[]> ReadFileAsync(Guid offer, string name, long at) => Task.Run(() => OnTheWay(name, Up.ReadFile(offer, name, at)));

    public Task ReleaseCommitAsync(Guid offer) => Task.Run(() => Up.ReleaseCommit(offer));

    public Task<ShardStatistics?> StatisticsAsync(WireQuestion question) => RunAsync(() => Task.FromResult(Up.Statistics(question)));

    public Task<float[]?> BestScoresAsync(WireVector vector, int wanted) => Task.Run(() => Up.BestScores(vector, wanted));

    public Task<ShardHit[]?> SearchHybridAsync(WireHybridQuery query, int wanted) => Task.Run(() => Up.SearchHybrid(query, wanted));

    public Task<ShardHit[]?> SearchAsync(WireVector vector, int wanted) => Task.Run(() => Up.Search(vector, wanted));

    public Task<bool> RefreshAsync(long epoch) => RunAsync(() => Task.FromResult(Up.Refresh(epoch)));

    private Task<T> RunAsync<T>(Func<Task<T>> call, [CallerMemberName] string name = "") => Task.Run(async () =>
    {
        await Before(name);
        T answer = await call();
        await After(name);
        return answer;
    });
}
