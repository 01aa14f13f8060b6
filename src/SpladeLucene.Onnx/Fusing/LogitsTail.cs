namespace SpladeLucene.Onnx.Fusing;

/// <summary>
/// The last nodes of a graph, which make wide logits of something narrow, each token by itself: they can be run for a few
/// tokens at a time.
/// </summary>
/// <param name="Narrow">The tensor [texts, tokens, …] that goes in.</param>
/// <param name="Nodes">The nodes, the first first; each has one input that differs from run to run.</param>
internal sealed record LogitsTail(string Narrow, IReadOnlyList<GraphNode> Nodes)
{
    private const string Expected = "logits that are made of each token by itself: a MatMul with the weights, or a Gather of "
        + "them, and perhaps an Add behind it";

    // What treats each number by itself, where the other operands are constants.
    private static readonly string[] ByNumber =
        ["Add", "Sub", "Mul", "Div", "Identity", "Cast", "Relu", "Neg", "Tanh", "Clip", "Min", "Max", "Where"];

    /// <param name="path">The graph's file.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="logits">Its output.</param>
    /// <exception cref="ModelLoadException">The nodes before the logits are others; the message names the first.</exception>
    public static LogitsTail Find(string path, GraphLayout graph, string logits)
    {
        var nodes = new List<GraphNode>();
        for (string tensor = logits; ;)
        {
            GraphNode node = graph.ProducerOf(tensor)
                ?? throw new ModelLoadException(path, $"nothing in the graph makes '{tensor}'", Expected);
            string[] varying = [.. node.Inputs.Where(input => input.Length > 0 && !graph.IsConstant(input))];
            nodes.Insert(0, node);
            if (Widens(node, varying)) return new LogitsTail(varying[0], nodes);
            if (!node.IsOwn || varying.Length != 1 || !ByNumber.Contains(node.Operation)) throw Refuse(path, node, varying, logits);
            tensor = varying[0];
        }
    }

    private static bool Widens(GraphNode node, string[] varying) => node.IsOwn && varying.Length == 1
        && ((node.Operation == "MatMul" && node.Inputs[0] == varying[0])
            || (node.Operation == "Gather" && node.Inputs[1] == varying[0]));

    private static ModelLoadException Refuse(string path, GraphNode node, string[] varying, string logits)
    {
        string domain = node.IsOwn ? "" : $" of '{node.Domain}'";
        return new ModelLoadException(path,
            $"a {node.Operation}{domain} over {string.Join(" and ", varying.Select(name => $"'{name}'"))} stands before '{logits}'",
            Expected);
    }
}
