using System.Globalization;
using Lucene.Net.Util;
using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Index;

// The files of an index: their names, and how the parts of an index are written to them and read back.
internal static class IndexFiles
{
    private const string CommitPrefix = "standins_";
    private const string PendingPrefix = "pending_";
    private const string SegmentSuffix = ".segment";
    private const string LiveDocsSuffix = ".live";

    internal static string Commit(long generation) => CommitPrefix + Number(generation);

    internal static string PendingCommit(long generation) => PendingPrefix + Commit(generation);

    internal static string Segment(string name) => name + SegmentSuffix;

    internal static string LiveDocs(string name, long deletions) => $"{name}_{Number(deletions)}{LiveDocsSuffix}";

    internal static bool IsOurs(string file) =>
        file.StartsWith(CommitPrefix, StringComparison.Ordinal)
        || file.StartsWith(PendingPrefix + CommitPrefix, StringComparison.Ordinal)
        || file.EndsWith(SegmentSuffix, StringComparison.Ordinal)
        || file.EndsWith(LiveDocsSuffix, StringComparison.Ordinal);

    // 0 where there is no commit.
    internal static long LastGeneration(Directory directory)
    {
        string[] files = directory.ListAll();
        long last = files.Max(GenerationOf) ?? 0;
        if (last == 0 && files.Any(file => file.StartsWith("segments", StringComparison.Ordinal)))
        {
            throw new CorruptIndexException(
                $"{directory} holds an index of Lucene itself. This program runs on the stand-ins of SpladeLucene, "
                + "which read only their own indexes; build it on the published Lucene.Net packages to open this one.");
        }
        return last;
    }

    internal static void WriteSegment(Directory directory, Segment segment) =>
        StandInFile.Write(directory, Segment(segment.Name), segment.WriteTo);

    internal static Segment ReadSegment(Directory directory, CommittedSegment committed)
    {
        string file = Segment(committed.Name);
        Segment segment = StandInFile.Read(directory, file, Index.Segment.Read);
        return segment.Id == committed.Id
            ? segment
            : throw new CorruptIndexException($"The index file {file} belongs to another index.");
    }

    internal static void WriteLiveDocs(Directory directory, string name, long deletions, FixedBitSet live)
    {
        StandInFile.Write(directory, LiveDocs(name, deletions), writer =>
        {
            writer.Write(live.Length);
            Array.ForEach(live.Words, writer.Write);
        });
    }

    internal static FixedBitSet? ReadLiveDocs(Directory directory, CommittedSegment committed)
    {
        return committed.Deletions == 0
            ? null
            : StandInFile.Read(directory, LiveDocs(committed.Name, committed.Deletions), ReadLiveDocs);
    }

    private static FixedBitSet ReadLiveDocs(BinaryReader reader)
    {
        var live = new FixedBitSet(reader.ReadInt32());
        for (int i = 0; i < live.Words.Length; i++)
        {
            live.Words[i] = reader.ReadInt64();
        }
        return live;
    }

    private static long? GenerationOf(string file)
    {
        return file.StartsWith(CommitPrefix, StringComparison.Ordinal)
            && long.TryParse(file.AsSpan(CommitPrefix.Length), CultureInfo.InvariantCulture, out long generation)
            ? generation
            : null;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
