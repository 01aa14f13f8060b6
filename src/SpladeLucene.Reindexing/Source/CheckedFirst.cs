using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Source;

/// <summary>
/// The list of segments, what is said of each, the lists of what stands in compound files, and the marks of deleted documents. Lucene believes the
/// sizes in them before it compares their checksum, and takes minutes or all memory for a damaged one; so they are compared
/// first.
/// </summary>
internal static class CheckedFirst
{
    // The names and the number that Lucene 4.8 writes at the head of a list of segments.
    private const string ListCodec = "segments";

    private const int FirstWithChecksum = 2;

    private const string SegmentFile = ".si";

    private static readonly string[] Extensions = [".cfe", ".del"];

    /// <exception cref="ReindexRefusedException">A file isn't what was written.</exception>
    public static void RequireWhole(Directory directory, string path)
    {
        RequireWholeList(directory, path);
        // With the list Lucene reads these too.
        foreach (string file in directory.ListAll().Where(name => name.EndsWith(SegmentFile, StringComparison.Ordinal)))
        {
            if (Damage(directory, path, file, isNew: false) is { } damage) throw Refusal(file[..^SegmentFile.Length], path, damage);
        }

        var infos = new SegmentInfos();
        infos.Read(directory);
        foreach (SegmentCommitInfo info in infos.Segments)
        {
            IEnumerable<string> files = info.GetFiles().Where(file => Extensions.Any(end => file.EndsWith(end, StringComparison.Ordinal)));
            bool isNew = Integrity.HasChecksums(info.Info.Version);
            if (files.Select(file => Damage(directory, path, file, isNew)).FirstOrDefault(found => found is not null) is { } damage)
                throw Refusal(info.Info.Name, path, damage);
        }
    }

    private static ReindexRefusedException Refusal(string segment, string path, IOException damage) =>
        new([new(ReindexProblemKind.Damaged, Integrity.Sentence(segment, $"the source '{path}'", damage))]);

    // Where a writer is at work its next list may not be complete, and the one before it counts.
    private static void RequireWholeList(Directory directory, string path)
    {
        string[] lists = [.. directory.ListAll().Where(name => name.StartsWith(IndexFileNames.SEGMENTS + "_", StringComparison.Ordinal))];
        if (lists is [string list] && Damage(directory, path, list, IsNewList(directory, list)) is { } damage)
            throw new ReindexRefusedException(ReindexProblemKind.Damaged, $"The index in '{path}' can't be read: {Integrity.Reason(damage)}.");
    }

    private static bool IsNewList(Directory directory, string list)
    {
        try
        {
            using IndexInput input = directory.OpenInput(list, IOContext.READ_ONCE);
            return CodecUtil.CheckHeader(input, ListCodec, 0, FirstWithChecksum) == FirstWithChecksum;
        }
        catch (IOException)
        {
            // An older list has another head; what else it may be Lucene says.
            return false;
        }
    }

    private static IOException? Damage(Directory directory, string path, string name, bool isNew)
    {
        try
        {
            using IndexInput input = directory.OpenInput(name, IOContext.READ_ONCE);
            // What Lucene 4.8 adds to an older segment has a checksum too.
            if (isNew || FileFooter.Read(Path.Combine(path, name)) is not null) CodecUtil.ChecksumEntireFile(input);
            return null;
        }
        catch (FileNotFoundException)
        {
            // A live writer has taken it away: that is for the reader to find out.
            return null;
        }
        catch (IOException damage)
        {
            return damage;
        }
    }
}
