using SpladeLucene.Onnx.Graph;

namespace SpladeLucene.Onnx.Fusing;

/// <summary>Writes a graph's file anew, without its outputs and some nodes, and with others behind the rest.</summary>
internal static class FusedFile
{
    private const int GraphField = 7;

    /// <param name="source">The file that was laid out.</param>
    /// <param name="target">The new one.</param>
    /// <param name="layout">What stands where.</param>
    /// <param name="tail">The nodes that go, unless another needs what they put out.</param>
    /// <param name="pooling">Makes the nodes and outputs that come.</param>
    public static void Write(string source, string target, GraphLayout layout, LogitsTail tail, PoolingGraph pooling)
    {
        using FileStream file = File.OpenRead(source), written = File.Create(target);
        byte[] added = pooling.Build(node => KeptFields(file, node));
        ProtobufField[] dropped = [.. layout.Outputs.Concat(Unneeded(layout, tail)).OrderBy(field => field.Start)];
        ProtobufField graph = layout.Graph;
        long kept = graph.End - graph.Content - dropped.Sum(field => field.End - field.Start);
        Copy(file, written, 0, graph.Start);
        written.Write(new ProtobufWriter().Header(GraphField, kept + added.Length).ToArray());
        long at = graph.Content;
        foreach (ProtobufField field in dropped)
        {
            Copy(file, written, at, field.Start);
            at = field.End;
        }

        Copy(file, written, at, graph.End);
        written.Write(added);
        Copy(file, written, graph.End, file.Length);
    }

    // From the last to the first: a node goes where all that needed it are gone.
    private static IEnumerable<ProtobufField> Unneeded(GraphLayout layout, LogitsTail tail)
    {
        var gone = new HashSet<GraphNode>();
        foreach (GraphNode node in tail.Nodes.Reverse())
        {
            if (layout.Nodes.Any(other => !gone.Contains(other) && other.Uses.Overlaps(node.Outputs))) yield break;
            gone.Add(node);
            yield return node.Place;
        }
    }

    // What a copy of the node has too: its operation with the domain, and the attributes.
    private static byte[] KeptFields(FileStream file, GraphNode node)
    {
        file.Position = node.Place.Content;
        var kept = new ProtobufWriter();
        ProtobufField[] fields = [.. new ProtobufReader(file, node.Place.End).All()];
        foreach (ProtobufField field in fields)
        {
            if (field.Number is not (GraphNode.OperationField or GraphNode.AttributeField or GraphNode.DomainField)) continue;
            byte[] bytes = new byte[field.End - field.Start];
            file.Position = field.Start;
            file.ReadExactly(bytes);
            kept.Raw(bytes);
        }

        return kept.ToArray();
    }

    private static void Copy(FileStream from, FileStream to, long start, long end)
    {
        byte[] buffer = new byte[1 << 16];
        from.Position = start;
        for (long left = end - start; left > 0;)
        {
            int read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0) throw new EndOfStreamException($"{from.Name} ended while it was copied.");
            to.Write(buffer, 0, read);
            left -= read;
        }
    }
}
