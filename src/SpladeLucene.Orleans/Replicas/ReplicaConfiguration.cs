using System.Text.Json;
using System.Text.Json.Serialization;
using SpladeLucene.Logs;
using SpladeLucene.Wire;

namespace SpladeLucene.Replicas;

/// <summary>What a replica has to know after a restart beside its log, in a file that is replaced as a whole.</summary>
/// <param name="Promised">The epoch before which appends are refused.</param>
/// <param name="Leader">Whose appends that epoch takes.</param>
/// <param name="Epoch">The last configuration.</param>
/// <param name="Members">Who acknowledges in it.</param>
/// <param name="Shards">Into how many shards the index was split when this one began.</param>
internal sealed record ReplicaConfiguration(long Promised, Guid Leader, long Epoch, Member[] Members, int Shards)
{
    /// <summary>The name of the file in a replica's folder.</summary>
    public const string FileName = "replica.json";

    /// <summary>Whether acknowledged operations may be missing here since its log was damaged, or something of it was dropped for what
    /// another has; until it serves again.</summary>
    public bool MayMiss { get; init; }

    /// <summary>Whether the index had words when this one began.</summary>
    public bool HasWords { get; init; }

    /// <summary>The silos that the index was last opened with; null in a file that an earlier version wrote.</summary>
    public string[]? Silos { get; init; }

    /// <summary>On how many of them each shard lay.</summary>
    public int Replicas { get; init; }

    /// <summary>Refuses options that the index wasn't begun with.</summary>
    /// <exception cref="InvalidDataException">Its shards are others or lie elsewhere, it has fewer replicas, or it has words and is to have
    /// none, or the other way round.</exception>
    public void Check(string folder, SpladeClusterOptions options)
    {
        string? problem = Shards != options.Shards ? $"is one of {Shards} shards, not of {options.Shards}"
            : HasWords != options.HasWords ? $"was begun {(HasWords ? "with" : "without")} words ({nameof(options.AnalyzerFactory)})"
            : WrittenBy(Members) > options.Replicas ? $"was written with {WrittenBy(Members)} replicas, not {options.Replicas}"
            : IsMoved(options) ? $"was begun with the silos {string.Join(", ", Silos!)}, and with {string.Join(", ", options.Silos)} shards lie elsewhere"
            : null;
        if (problem is not null)
            throw new InvalidDataException($"'{folder}' {problem}: set that back, or give the index another name and write it anew.");
    }

    /// <summary>The least number of replicas that a configuration's members are of.</summary>
    public static int WrittenBy(Member[] members) => members.Select(member => member.Replica + 1).DefaultIfEmpty().Max();

    /// <exception cref="InvalidDataException">The file isn't one of these.</exception>
    public static ReplicaConfiguration? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ReplicaConfigurationContext.Default.ReplicaConfiguration);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is damaged: move the folder away, and where "
                + $"another replica serves it is made from that one; else restore {FileName}.", e);
        }
    }

    public void Write(string path)
    {
        string written = path + ".new";
        using (var file = new FileStream(written, FileMode.Create))
        {
            JsonSerializer.Serialize(file, this, ReplicaConfigurationContext.Default.ReplicaConfiguration);
            file.Flush(flushToDisk: true);
        }

        File.Move(written, path, overwrite: true);
        FolderFlush.Flush(Path.GetDirectoryName(path)!);
    }

    // Any shard that lies elsewhere would begin there with nothing.
    private bool IsMoved(SpladeClusterOptions options)
    {
        if (Silos is not { Length: > 0 }) return false;
        SpladeClusterOptions before = options with { Silos = Silos };
        return Enumerable.Range(0, Shards).Any(shard => Enumerable.Range(0, Math.Min(Replicas, options.Replicas))
            .Any(replica => before.SiloOf(shard, replica) != options.SiloOf(shard, replica)));
    }
}

/// <summary>Describes it without reflection, which an application may have trimmed away.</summary>
[JsonSerializable(typeof(ReplicaConfiguration))]
internal sealed partial class ReplicaConfigurationContext : JsonSerializerContext;
