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
    /// <summary>Whether acknowledged operations may be missing here since its log was damaged; until it serves again.</summary>
    public bool MayMiss { get; init; }

    /// <summary>Whether the index had words when this one began.</summary>
    public bool HasWords { get; init; }

    /// <summary>Refuses options that the index wasn't begun with.</summary>
    /// <exception cref="InvalidDataException">Its shards are others, or it has words and is to have none, or the other way round.</exception>
    public void Check(string folder, SpladeClusterOptions options)
    {
        string? problem = Shards != options.Shards ? $"is one of {Shards} shards, not of {options.Shards}"
            : HasWords != options.HasWords ? $"was begun {(HasWords ? "with" : "without")} words ({nameof(options.AnalyzerFactory)})"
            : null;
        if (problem is not null) throw new InvalidDataException($"'{folder}' {problem}: give the index another name or write it anew.");
    }

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
            throw new InvalidDataException($"'{path}' is damaged; delete the replica's folder, and it is made from another's.", e);
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
}

/// <summary>Describes it without reflection, which an application may have trimmed away.</summary>
[JsonSerializable(typeof(ReplicaConfiguration))]
internal sealed partial class ReplicaConfigurationContext : JsonSerializerContext;
