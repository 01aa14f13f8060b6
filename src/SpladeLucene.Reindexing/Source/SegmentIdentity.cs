using System.Globalization;
using System.Text;
using Lucene.Net.Index;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Source;

/// <summary>
/// What no two segments of an index have in common over all its life, deletions left out: each file's name, its length, and
/// the checksum at its end. A file of before Lucene 4.8 has none; there its age takes that place.
/// </summary>
internal static class SegmentIdentity
{
    private const string Deletions = ".del";

    /// <param name="segment">The segment.</param>
    /// <param name="folder">The folder of its index.</param>
    /// <returns>The identity; null where a file is gone.</returns>
    public static string? Of(SegmentReader segment, string folder)
    {
        var text = new StringBuilder();
        foreach (string name in segment.SegmentInfo.GetFiles().Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(name) == Deletions) continue;
            if (Describe(new FileInfo(Path.Combine(folder, name))) is not { } file) return null;
            text.Append(CultureInfo.InvariantCulture, $"{name} {file}\n");
        }

        return Convert.ToHexString(TextHash.Of(text.ToString()).ToBytes());
    }

    // A live writer may take it away between any two looks at it.
    private static string? Describe(FileInfo file)
    {
        try
        {
            return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {Content(file)}") : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string Content(FileInfo file) => FileFooter.Read(file.FullName) is { } footer
        ? Convert.ToHexString(footer) : file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
}
