using System.Text;
using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Index;

// How every file of the stand-in lies on the disk: a line that says what it is, the content, and at the end the length
// and the checksum of all that comes before them.
internal static class StandInFile
{
    private const int TrailerLength = sizeof(long) + sizeof(uint);

    private static readonly byte[] Header = Encoding.ASCII.GetBytes(
        "SpladeLucene stand-in index, format 1. This is not an index of Lucene, and Lucene cannot open it.\n");

    internal static void Write(Directory directory, string name, Action<BinaryWriter> content)
    {
        directory.Write(name, stream =>
        {
            var checksum = new ChecksumStream(stream);
            using var writer = new BinaryWriter(checksum, Encoding.UTF8, leaveOpen: true);
            writer.Write(Header);
            content(writer);
            writer.Flush();
            writer.Write(checksum.Length);
            writer.Flush();
            writer.Write(checksum.Checksum);
            checksum.Flush();
        });
    }

    internal static T Read<T>(Directory directory, string name, Func<BinaryReader, T> content)
    {
        try
        {
            using Stream stream = directory.OpenRead(name);
            long end = CheckTrailer(stream, name);
            stream.Position = Header.Length;
            using var reader = new BinaryReader(new BufferedStream(stream, 1 << 16), Encoding.UTF8);
            T result = content(reader);
            return reader.BaseStream.Position == end ? result : throw Corrupt(name, "its content ends early");
        }
        catch (Exception e) when (IsOfReading(e))
        {
            throw new CorruptIndexException($"The index file {name} is damaged: {e.Message}", e);
        }
    }

    // Where the content ends.
    private static long CheckTrailer(Stream stream, string name)
    {
        long end = stream.Length - TrailerLength;
        var start = new byte[Header.Length];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || end < start.Length)
        {
            throw Corrupt(name, "it is too short");
        }
        if (!start.AsSpan().SequenceEqual(Header))
        {
            throw Corrupt(name, "it was not written by a stand-in of SpladeLucene");
        }
        stream.Position = 0;
        uint checksum = ChecksumStream.Compute(stream, end + sizeof(long));
        stream.Position = end;
        var trailer = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (trailer.ReadInt64() != end || trailer.ReadUInt32() != checksum)
        {
            throw Corrupt(name, "its checksum is wrong");
        }
        return end;
    }

    private static bool IsOfReading(Exception e) =>
        e is EndOfStreamException or FormatException or ArgumentException or OverflowException;

    private static CorruptIndexException Corrupt(string name, string reason) =>
        new($"The index file {name} is damaged: {reason}.");
}
