using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Index;

// The state of an index as a commit left it: which segments, which of their documents are deleted, the user's data.
internal sealed record CommitPoint(
    long Generation,
    long Version,
    long NextSegment,
    IReadOnlyDictionary<string, string> UserData,
    IReadOnlyList<CommittedSegment> Segments)
{
    internal static readonly CommitPoint Empty = new(0, 1, 0, new Dictionary<string, string>(), []);

    internal IEnumerable<string> FileNames =>
        Segments.SelectMany(segment => segment.FileNames).Append(IndexFiles.Commit(Generation));

    // Under a name that nobody reads at first, so that the commit is there as a whole or not at all.
    internal void Publish(Directory directory)
    {
        string pending = IndexFiles.PendingCommit(Generation);
        StandInFile.Write(directory, pending, WriteTo);
        directory.Rename(pending, IndexFiles.Commit(Generation));
    }

    internal static CommitPoint Read(Directory directory, long generation) =>
        StandInFile.Read(directory, IndexFiles.Commit(generation), Read);

    private void WriteTo(BinaryWriter writer)
    {
        writer.Write(Generation);
        writer.Write(Version);
        writer.Write(NextSegment);
        writer.Write(UserData.Count);
        foreach ((string key, string value) in UserData)
        {
            writer.Write(key);
            writer.Write(value);
        }
        writer.Write(Segments.Count);
        foreach (CommittedSegment segment in Segments)
        {
            segment.WriteTo(writer);
        }
    }

    private static CommitPoint Read(BinaryReader reader)
    {
        long generation = reader.ReadInt64();
        long version = reader.ReadInt64();
        long nextSegment = reader.ReadInt64();
        var userData = new Dictionary<string, string>();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            string key = reader.ReadString();
            userData.Add(key, reader.ReadString());
        }
        var segments = new CommittedSegment[reader.ReadInt32()];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = CommittedSegment.Read(reader);
        }
        return new CommitPoint(generation, version, nextSegment, userData, segments);
    }
}

// A segment in a commit. Deletions is the number of the live-documents file, 0 where no document is deleted.
internal sealed record CommittedSegment(string Name, Guid Id, long Deletions)
{
    internal IEnumerable<string> FileNames =>
        Deletions == 0
            ? [IndexFiles.Segment(Name)]
            : [IndexFiles.Segment(Name), IndexFiles.LiveDocs(Name, Deletions)];

    internal void WriteTo(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(Id.ToByteArray());
        writer.Write(Deletions);
    }

    internal static CommittedSegment Read(BinaryReader reader) =>
        new(reader.ReadString(), new Guid(reader.ReadBytes(16)), reader.ReadInt64());
}
