using System.Text;
using SpladeLucene.Onnx.Folder;

namespace SpladeLucene.Onnx.Graph;

/// <summary>
/// What a graph's file says before any runtime has read it: the files that it keeps tensors in beside itself
/// (initializers, and attributes of its nodes, of subgraphs and of functions), and whether it quantizes what it computes.
/// </summary>
internal sealed class GraphFile
{
    // protobuf's own limit.
    private const int Deepest = 100;

    // Field numbers of StringStringEntryProto, and of a node's operation.
    private const int Key = 1, Value = 2, Operation = 4;

    private enum Message { Model, Graph, Function, Node, Attribute, SparseTensor, Tensor, Entry }

    private readonly string _path;
    private readonly List<string> _locations = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private GraphFile(string path) => _path = path;

    /// <summary>The files' names as they stand there, each once, in order of first mention.</summary>
    public IReadOnlyList<string> Locations => _locations;

    /// <summary>
    /// Whether a node takes the scale of its numbers from all texts of a batch, so that a text's vector would depend on
    /// its neighbours.
    /// </summary>
    public bool QuantizesDynamically { get; private set; }

    /// <exception cref="ModelLoadException">The file is not a complete protobuf message, or cannot be read.</exception>
    public static GraphFile Read(string path)
    {
        try
        {
            RequireRegular(path);
            using FileStream stream = File.OpenRead(path);
            var file = new GraphFile(path);
            file.Collect(Message.Model, new ProtobufReader(stream, stream.Length), 0);
            return file;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(path, FileKind.Of(path) ?? e.Message, "a complete ONNX model", e);
        }
    }

    /// <summary>
    /// The paths of the files, each of which is a regular file in the graph's folder or below. Where the graph itself is a link,
    /// as in the cache of Hugging Face's hub, they may be links into the folder that it leads to.
    /// </summary>
    /// <exception cref="ModelLoadException">One is not; nothing was read of any.</exception>
    public IReadOnlyList<string> Weights()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        string[] paths = [.. _locations.Select(location => Path.GetFullPath(Path.Combine(folder, location)))];
        for (int i = 0; i < paths.Length; i++) RequireInside(folder, paths[i], _locations[i]);
        return paths;
    }

    // A location may come from anybody: what lies elsewhere is none of the model's business.
    private void RequireInside(string folder, string path, string location)
    {
        string Shown() => location.Length <= 100 ? location : location[..100] + "…";
        try
        {
            if (Path.IsPathRooted(location) || location.Contains('\0') || !IsBelow(folder, path))
                throw new ModelLoadException(_path, $"its weights lie in {Shown()}", "a file in its own folder");
            if (!File.Exists(path))
                throw new ModelLoadException(_path, $"its weights lie in {Shown()}", "that file to exist");
            string root = Resolve(new DirectoryInfo(folder));
            string target = Resolve(new FileInfo(path));
            if (!IsBelow(root, target) && !IsBesideTheGraph(target))
                throw new ModelLoadException(_path, $"{Shown()} links out of the folder", "a file in it");
            RequireRegular(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new ModelLoadException(_path, $"its weights lie in {Shown()}: {e.Message}", "a readable file", e);
        }
    }

    // Whoever links to a graph trusts the folder that it lies in.
    private bool IsBesideTheGraph(string target)
    {
        var graph = new FileInfo(_path);
        return graph.LinkTarget is not null && IsBelow(Path.GetDirectoryName(Resolve(graph))!, target);
    }

    // The path with every link on the way followed.
    private static string Resolve(FileSystemInfo entry)
    {
        FileSystemInfo target = entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;
        DirectoryInfo? parent = target is FileInfo file ? file.Directory : ((DirectoryInfo)target).Parent;
        return parent is null ? target.FullName : Path.Combine(Resolve(parent), target.Name);
    }

    private static bool IsBelow(string folder, string path) => path.StartsWith(
        Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void RequireRegular(string path)
    {
        if (FileKind.LengthOf(path) == 0)
            throw new InvalidDataException($"{Path.GetFileName(path)} has 0 bytes or is no regular file");
    }

    private void Collect(Message kind, ProtobufReader message, int depth)
    {
        if (depth > Deepest) throw new InvalidDataException($"its graphs are nested over {Deepest} levels deep");
        if (kind == Message.Entry)
        {
            CollectEntry(message);
            return;
        }

        foreach ((int field, ProtobufReader content) in message.Fields())
        {
            if (Nested(kind, field) is { } nested) Collect(nested, content, depth + 1);
            else if (kind == Message.Node && field == Operation)
                QuantizesDynamically |= content.Text().StartsWith("DynamicQuantize", StringComparison.Ordinal);
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

    private void CollectEntry(ProtobufReader entry)
    {
        string key = "", value = "";
        foreach ((int field, ProtobufReader content) in entry.Fields())
        {
            if (field == Key) key = content.Text();
            if (field == Value) value = content.Text();
        }

        if (key == "location" && _known.Add(value)) _locations.Add(value);
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
        foreach (ProtobufField field in All())
        {
            if (field.IsMessage) yield return (field.Number, Content(field));
        }
    }

    /// <summary>All fields, in order, and where they stand. The next is read wherever the stream is moved to.</summary>
    public IEnumerable<ProtobufField> All()
    {
        for (long start = stream.Position, next; start < end; start = next)
        {
            stream.Position = start;
            long tag = ReadVarint(), number = 0;
            int wireType = (int)(tag & 7);
            if (wireType == 0) number = ReadVarint();
            long length = wireType switch { 0 => 0, 1 => 8, 5 => 4, 2 => ReadVarint(), _ => throw Damaged() };
            if (length < 0 || length > end - stream.Position) throw Damaged();
            next = stream.Position + length;
            yield return new ProtobufField((int)(tag >> 3), wireType == 2, number, start, stream.Position, next);
        }
    }

    /// <summary>What stands in a length-delimited field.</summary>
    public ProtobufReader Content(ProtobufField field)
    {
        stream.Position = field.Content;
        return new ProtobufReader(stream, field.End);
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

/// <summary>A field of a protobuf message.</summary>
/// <param name="Number">Its number.</param>
/// <param name="IsMessage">Whether it is length-delimited: a message, a text or bytes.</param>
/// <param name="Value">Its value, where it is a varint.</param>
/// <param name="Start">Its first byte in the stream, of the tag.</param>
/// <param name="Content">The first byte behind tag and length.</param>
/// <param name="End">The first byte behind it.</param>
internal readonly record struct ProtobufField(int Number, bool IsMessage, long Value, long Start, long Content, long End);
