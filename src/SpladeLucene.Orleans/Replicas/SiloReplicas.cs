using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>An index that this silo knows, and the folder in which it holds its part.</summary>
internal sealed record SiloIndex(SpladeClusterOptions Options, string Folder);

/// <summary>The replicas in this silo's folders, each open once. Thread-safe.</summary>
internal sealed class SiloReplicas(IEnumerable<SiloIndex> indexes, ILocalSiloDetails silo, ILogger<SiloReplicas> logger) : IDisposable
{
    private const string ShardFolder = "shard-";

    private readonly Dictionary<string, SiloIndex> _indexes = indexes.ToDictionary(index => index.Options.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ShardAddress, Lazy<Task<Replica>>> _open = [];

    /// <exception cref="InvalidOperationException">This silo doesn't know the index.</exception>
    /// <exception cref="ArgumentException">The index hasn't that many shards.</exception>
    public SpladeClusterOptions OptionsOf(ShardAddress address) => Index(address).Options is { } options && address.Shard < options.Shards
        ? options
        : throw new ArgumentException($"The index '{address.Name}' has no shard {address.Shard} on the silo '{silo.Name}': give clients and "
            + $"silos the same {nameof(SpladeClusterOptions.Shards)}.", nameof(address));

    /// <summary>Every replica that the options give to this silo.</summary>
    public IEnumerable<ShardAddress> Mine() =>
        from index in _indexes.Values
        let options = index.Options
        from shard in Enumerable.Range(0, options.Shards)
        from replica in Enumerable.Range(0, options.Replicas)
        where options.SiloOf(shard, replica) == silo.Name
        select new ShardAddress(options.Name, shard, replica);

    /// <summary>Refuses options that the indexes in this silo's folders weren't begun with.</summary>
    /// <exception cref="InvalidDataException">A shard in a folder is to lie elsewhere, where it would begin with nothing, or the index is
    /// to have other shards, fewer replicas, or words where it had none, or the other way round.</exception>
    public void Check()
    {
        foreach (SiloIndex index in _indexes.Values)
        {
            string folder = FolderOf(index);
            if (!System.IO.Directory.Exists(folder)) continue;
            foreach (string shard in System.IO.Directory.GetDirectories(folder, ShardFolder + "*")) Check(index.Options, shard);
        }
    }

    /// <summary>Opens a replica, or finds it open. That reads its whole log, on a thread of its own.</summary>
    public Task<Replica> OpenAsync(ShardAddress address) =>
        _open.GetOrAdd(address, added => new Lazy<Task<Replica>>(() => BeginAsync(added))).Value;

    /// <summary>Finds a replica open, and begins to open it where it isn't.</summary>
    /// <exception cref="InvalidOperationException">It is being opened.</exception>
    public Replica Find(ShardAddress address) => OpenAsync(address) is { IsCompleted: true } opened
        ? opened.GetAwaiter().GetResult()
        : throw new InvalidOperationException($"Replica {address.Replica} of shard {address.Shard} of the index '{address.Name}' is being opened.");

    /// <summary>Those that are open.</summary>
    public IEnumerable<(ShardAddress Address, Replica Replica)> Opened() =>
        from replica in _open
        where replica.Value.IsValueCreated && replica.Value.Value.IsCompletedSuccessfully
        select (replica.Key, replica.Value.Value.Result);

    public void Dispose()
    {
        foreach (Lazy<Task<Replica>> replica in _open.Values.Where(replica => replica.IsValueCreated))
        {
            // One that is being opened is closed then.
            _ = replica.Value.ContinueWith(
                opened => opened.Result.Dispose(), CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        _open.Clear();
    }

    private async Task<Replica> BeginAsync(ShardAddress address)
    {
        try
        {
            return await Task.Factory.StartNew(
                () => Open(address), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch
        {
            // What failed once, such as a folder that another process has locked, is tried again.
            _open.TryRemove(address, out _);
            throw;
        }
    }

    private void Check(SpladeClusterOptions options, string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder)[ShardFolder.Length..], CultureInfo.InvariantCulture, out int shard)
            || Begun(folder) is not { } begun) return;
        begun.Check(folder, options);
        string[] holders = [.. Enumerable.Range(0, options.Replicas).Select(replica => options.SiloOf(shard, replica))];
        if (!holders.Contains(silo.Name, StringComparer.Ordinal))
        {
            throw new InvalidDataException($"'{folder}' holds a shard that lies on {string.Join(", ", holders)}, not on this silo "
                + $"'{silo.Name}': give the index the silos and replicas back that it was begun with, or move the folder away.");
        }
    }

    // One that is damaged is told of when it is opened, and stops no other.
    private static ReplicaConfiguration? Begun(string folder)
    {
        try
        {
            return ReplicaConfiguration.Read(Path.Combine(folder, ReplicaConfiguration.FileName));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string FolderOf(SiloIndex index) => Path.Combine(index.Folder, index.Options.Name);

    private Replica Open(ShardAddress address)
    {
        SiloIndex index = Index(address);
        string folder = Path.Combine(FolderOf(index), $"{ShardFolder}{address.Shard}");
        return new Replica(folder, index.Options, address.Replica!.Value, silo.SiloAddress.ToParsableString(), logger);
    }

    private SiloIndex Index(ShardAddress address) => _indexes.TryGetValue(address.Name, out SiloIndex? index)
        ? index
        : throw new InvalidOperationException(
            $"The silo '{silo.Name}' doesn't know the index '{address.Name}': give it to AddSpladeShards on every silo.");
}
