using System.Text;

namespace SpladeLucene.Onnx.Graph;

/// <summary>
/// Walks the length-delimited fields of a protobuf message in a seekable stream and skips the rest, so that a model of
/// gigabytes is read in a few kilobytes. See the encoding's description at protobuf.dev/programming-guides/encoding.
/// </summary>
internal readonly struct ProtobufReader(Stream stream, long end)
{
    private const int LongestText = 1 << 16;

    /// <summary>The length-delimited fields, in order. Each must be read before the next is asked for.</summary>
    public IEnumerable<(int Field, ProtobufReader Content)> Fields()
    {
        while (stream.Position < end)
        {
            long tag = ReadVarint();
            int wireType = (int)(tag & 7);
            if (wireType == 0)
            {
                ReadVarint();
                continue;
            }

            long length = wireType switch { 1 => 8, 5 => 4, 2 => ReadVarint(), _ => throw Damaged() };
            if (length < 0 || length > end - stream.Position) throw Damaged();
            long next = stream.Position + length;
            if (wireType == 2) yield return ((int)(tag >> 3), new ProtobufReader(stream, next));
            stream.Position = next;
        }
    }

    /// <summary>The content as text.</summary>
    public string Text()
    {
        if (end - stream.Position > LongestText) throw Damaged();
        byte[] bytes = new byte[end - stream.Position];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private long ReadVarint()
    {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int part = stream.Position < end ? stream.ReadByte() : -1;
            if (part < 0) throw Damaged();
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        throw Damaged();
    }

    private InvalidDataException Damaged() =>
        new($"of its {stream.Length} bytes what stands at byte {stream.Position} cannot be read");
}
