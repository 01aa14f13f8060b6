using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>An index that this silo knows, and the folder in which it holds its part.</summary>
internal sealed record SiloIndex(SpladeClusterOptions Options, string Folder);

/// <summary>The replicas in this silo's folders, each open once. Thread-safe.</summary>
internal sealed class SiloReplicas(IEnumerable<SiloIndex> indexes, ILocalSiloDetails silo, ILogger<SiloReplicas> logger) : IDisposable
{
    private readonly Dictionary<string, SiloIndex> _indexes = indexes.ToDictionary(index => index.Options.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ShardAddress, Lazy<Replica>> _open = [];

    /// <exception cref="InvalidOperationException">This silo doesn't know the index.</exception>
    public SpladeClusterOptions OptionsOf(ShardAddress address) => Index(address).Options;

    /// <summary>Every replica that the options give to this silo.</summary>
    public IEnumerable<ShardAddress> Mine() =>
        from index in _indexes.Values
        let options = index.Options
        from shard in Enumerable.Range(0, options.Shards)
        from replica in Enumerable.Range(0, options.Replicas)
        where options.SiloOf(shard, replica) == silo.Name
        select new ShardAddress(options.Name, shard, replica);

    /// <summary>Opens a replica, or finds it open.</summary>
    public Replica Find(ShardAddress address)
    {
        Lazy<Replica> found = _open.GetOrAdd(address, added => new Lazy<Replica>(() => Open(added)));
        try
        {
            return found.Value;
        }
        catch
        {
            // What failed once, such as a folder that another process has locked, is tried again.
            _open.TryRemove(new(address, found));
            throw;
        }
    }

    public void Dispose()
    {
        foreach (Lazy<Replica> replica in _open.Values.Where(replica => replica.IsValueCreated)) replica.Value.Dispose();
        _open.Clear();
    }

    private Replica Open(ShardAddress address)
    {
        SiloIndex index = Index(address);
        string folder = Path.Combine(index.Folder, index.Options.Name, $"shard-{address.Shard}");
        return new Replica(folder, index.Options, address.Replica!.Value, silo.SiloAddress.ToParsableString(), logger);
    }

    private SiloIndex Index(ShardAddress address) => _indexes.TryGetValue(address.Name, out SiloIndex? index)
        ? index
        : throw new InvalidOperationException(
            $"The silo '{silo.Name}' doesn't know the index '{address.Name}': give it to AddSpladeShards on every silo.");
}
