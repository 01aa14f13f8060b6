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
