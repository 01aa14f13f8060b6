using System.Text;

namespace SpladeLucene.Onnx.Graph;

/// <summary>
/// Finds the files that an ONNX graph keeps tensors in beside itself: initializers, and attributes of its nodes, of
/// subgraphs and of functions.
/// </summary>
internal static class ExternalData
{
    // protobuf's own limit.
    private const int Deepest = 100;

    // Field numbers of StringStringEntryProto.
    private const int Key = 1, Value = 2;

    private enum Message { Model, Graph, Function, Node, Attribute, SparseTensor, Tensor, Entry }

    /// <summary>The files' names, relative to the graph's folder, each once, in order of first mention.</summary>
    /// <exception cref="InvalidDataException">The file is not a complete protobuf message.</exception>
    public static IReadOnlyList<string> FilesOf(string modelPath)
    {
        using FileStream stream = File.OpenRead(modelPath);
        var files = new List<string>();
        Collect(Message.Model, new ProtobufReader(stream, stream.Length), files, 0);
        return files;
    }

    private static void Collect(Message kind, ProtobufReader message, List<string> files, int depth)
    {
        if (depth > Deepest) throw new InvalidDataException($"its graphs are nested over {Deepest} levels deep");
        if (kind == Message.Entry)
        {
            CollectEntry(message, files);
            return;
        }

        foreach ((int field, ProtobufReader content) in message.Fields())
        {
            if (Nested(kind, field) is { } nested) Collect(nested, content, files, depth + 1);
        }
    }

    // Field numbers of onnx.proto.
    private static Message? Nested(Message kind, int field) => (kind, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 1) or (Message.Function, 7) => Message.Node,
        (Message.Graph, 5) => Message.Tensor,
        (Message.Graph, 15) => Message.SparseTensor,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 5 or 10) => Message.Tensor,
        (Message.Attribute, 6 or 11) => Message.Graph,
        (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.SparseTensor, 1 or 2) => Message.Tensor,
        (Message.Tensor, 13) => Message.Entry,
        _ => null,
    };

    private static void CollectEntry(ProtobufReader entry, List<string> files)
    {
        string key = "", value = "";
        foreach ((int field, ProtobufReader content) in entry.Fields())
        {
            if (field == Key) key = content.Text();
            if (field == Value) value = content.Text();
        }

        if (key == "location" && !files.Contains(value)) files.Add(value);
    }
}

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
