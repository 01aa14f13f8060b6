using System.Globalization;
using System.Text.Json;
using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Impacts.Files;

/// <summary>Where a segment lies, by the one file that every segment has: so that it is seen when the segment is gone.</summary>
/// <param name="Folder">The folder of its index; null where the index isn't in one.</param>
/// <param name="FromImpacts">The same, as seen from the folder of the impacts.</param>
/// <param name="File">The name of the segment's <c>.si</c>.</param>
/// <param name="Checksum">The checksum at its end.</param>
internal sealed record SegmentHome(string? Folder, string? FromImpacts, string File, long Checksum)
{
    /// <summary>More than two paths and a name take on any system.</summary>
    public const int MostBytes = 1 << 18;

    /// <param name="segment">The segment.</param>
    /// <param name="file">The name of its <c>.si</c>.</param>
    /// <param name="checksum">The checksum at its end.</param>
    /// <param name="impacts">The folder of the impacts.</param>
    public static SegmentHome Of(SegmentInfo segment, string file, long checksum, string impacts)
    {
        string? folder = FolderOf(segment.Dir);
        return new SegmentHome(folder, folder is null ? null : Path.GetRelativePath(impacts, folder), file, checksum);
    }

    /// <returns>Null where these bytes aren't one.</returns>
    public static SegmentHome? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using JsonDocument read = JsonDocument.ParseValue(ref reader);
            string?[] parts = [.. read.RootElement.EnumerateArray().Select(part => part.GetString())];
            return parts is [var folder, var relative, { } file, { } checksum]
                && !utf8.Contains((byte)0) && !parts.Any(part => part is not null && part.Contains('\0', StringComparison.Ordinal))
                && long.TryParse(checksum, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long sum)
                ? new SegmentHome(folder, relative, file, sum) : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public byte[] ToUtf8()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (string? part in new[] { Folder, FromImpacts, File, Checksum.ToString(CultureInfo.InvariantCulture) })
                writer.WriteStringValue(part);
            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <summary>Whether the segment is there, seen from the folder of the impacts.</summary>
    /// <returns>Null where not even the folder of its index is to be seen, or its file is there and can't be read.</returns>
    public bool? IsThere(string impacts)
    {
        if (Folder is null || FromImpacts is null) return null;
        bool?[] seen =
        [
            .. new[] { Path.GetFullPath(FromImpacts, impacts), Folder }.Where(System.IO.Directory.Exists)
                .Select(folder => IsAt(Path.Combine(folder, File))),
        ];
        return seen.Contains(true) ? true : seen.Length == 0 || seen.Contains(null) ? null : false;
    }

    /// <summary>Whether a segment's files will never be anywhere but in this process.</summary>
    public static bool IsInMemory(Lucene.Net.Store.Directory directory) => directory switch
    {
        RAMDirectory => true,
        NRTCachingDirectory cached => IsInMemory(cached.Delegate),
        FilterDirectory filtered => IsInMemory(filtered.Delegate),
        _ => false,
    };

    private static string? FolderOf(Lucene.Net.Store.Directory directory) => directory switch
    {
        FSDirectory files => files.Directory.FullName,
        NRTCachingDirectory cached => FolderOf(cached.Delegate),
        FilterDirectory filtered => FolderOf(filtered.Delegate),
        _ => null,
    };

    // What can't be read may be another user's: it isn't gone.
    private bool? IsAt(string path)
    {
        try
        {
            using var directory = new SimpleFSDirectory(Path.GetDirectoryName(path)!);
            using IndexInput input = directory.OpenInput(Path.GetFileName(path), IOContext.READ_ONCE);
            return CodecUtil.RetrieveChecksum(input) == Checksum;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
