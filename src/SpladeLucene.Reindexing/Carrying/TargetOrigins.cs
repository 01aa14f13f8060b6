using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SpladeLucene.Reindexing.Vectors;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Reindexing.Carrying;

/// <summary>Which segment of the source a segment of the target was made of.</summary>
/// <param name="Identity">The segment's <see cref="SegmentIdentity"/>.</param>
/// <param name="Documents">How many documents it had, deleted ones included.</param>
/// <param name="Deleted">Those that were deleted, as <see cref="DocumentNumbers"/>; the others follow each other.</param>
/// <param name="Texts">What was seen of its texts.</param>
internal sealed record SegmentOrigin(string Identity, int Documents, string Deleted, SegmentTexts Texts);

/// <summary>What was seen of a segment's texts when all of its live documents were read.</summary>
/// <param name="Stored">The fields that any of them had a stored value of.</param>
/// <param name="WithText">The mappings' fields that any had a stored text of.</param>
/// <param name="Characters">UTF-16 units of the texts of each mapping.</param>
internal sealed record SegmentTexts(IReadOnlyList<string> Stored, IReadOnlyList<string> WithText, IReadOnlyList<long> Characters);

/// <summary>
/// The origins of an index's segments, in their order, in a file beside it that is named after its content: the commit says
/// the name, so a file that isn't that commit's is none. Without it, catching up writes every segment anew.
/// </summary>
internal static class TargetOrigins
{
    private const int Version = 1;
    private const string Prefix = "splade-origins-", Suffix = ".json";

    /// <summary>Writes the file, on the disk when it returns, and says by which name <see cref="Read"/> finds it.</summary>
    /// <param name="folder">The index's folder.</param>
    /// <param name="origins">One for each segment; null where it isn't known.</param>
    public static string Write(string folder, IReadOnlyList<SegmentOrigin?> origins)
    {
        string json = JsonSerializer.Serialize(new OriginsFile(Version, origins), OriginsJson.Default.OriginsFile);
        string name = NameOf(json);
        // It may be that of the commit that still counts.
        if (Read(folder, name) is not null) return name;
        using var file = new FileStream(PathOf(folder, name), FileMode.Create, FileAccess.Write, FileShare.None);
        file.Write(Encoding.UTF8.GetBytes(json));
        file.Flush(flushToDisk: true);
        return name;
    }

    /// <summary>The origins by that name; null where the file isn't there or isn't as it was written.</summary>
    public static IReadOnlyList<SegmentOrigin?>? Read(string folder, string? name)
    {
        if (name is null || name.Any(one => !char.IsAsciiHexDigit(one)) || !File.Exists(PathOf(folder, name))) return null;
        string json = File.ReadAllText(PathOf(folder, name));
        if (NameOf(json) != name) return null;
        try
        {
            return JsonSerializer.Deserialize(json, OriginsJson.Default.OriginsFile) is { Version: Version, Segments: { } all }
                && all.All(IsWhole) ? all : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(SegmentOrigin? one) => one is null or
    {
        Identity: not null, Deleted: not null, Texts: { Stored: not null, WithText: not null, Characters: not null },
    };

    /// <summary>Removes the files of other commits.</summary>
    public static void RemoveOthers(string folder, string name)
    {
        foreach (string file in System.IO.Directory.GetFiles(folder, $"{Prefix}*{Suffix}"))
        {
            if (Path.GetFileName(file) != Prefix + name + Suffix) File.Delete(file);
        }
    }

    private static string NameOf(string json) => Convert.ToHexString(TextHash.Of(json).ToBytes());

    private static string PathOf(string folder, string name) => Path.Combine(folder, Prefix + name + Suffix);
}

/// <param name="Version">Of the file's form.</param>
/// <param name="Segments">One for each segment of the index, in their order.</param>
internal sealed record OriginsFile(int Version, IReadOnlyList<SegmentOrigin?> Segments);

[JsonSerializable(typeof(OriginsFile))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class OriginsJson : JsonSerializerContext;
