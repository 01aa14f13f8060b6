namespace SpladeLucene.Onnx.Loading;

/// <summary>Finds the files that an ONNX graph keeps weights in beside itself.</summary>
internal static class ExternalData
{
    // Field numbers of onnx.proto: ModelProto.graph, GraphProto.initializer, TensorProto.external_data,
    // StringStringEntryProto.key and value.
    private const int Graph = 7, Initializer = 5, Data = 13, Key = 1, Value = 2;

    /// <summary>The files' names, relative to the graph's folder, each once, in order of first mention.</summary>
    /// <exception cref="InvalidDataException">The file is not a complete protobuf message.</exception>
    public static IReadOnlyList<string> FilesOf(string modelPath)
    {
        using FileStream stream = File.OpenRead(modelPath);
        var files = new List<string>();
        var model = new ProtobufReader(stream, stream.Length);
        foreach (ProtobufReader graph in model.Messages(Graph))
        {
            foreach (ProtobufReader tensor in graph.Messages(Initializer)) Collect(tensor, files);
        }

        return files;
    }

    private static void Collect(ProtobufReader tensor, List<string> files)
    {
        foreach (ProtobufReader entry in tensor.Messages(Data))
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
}
