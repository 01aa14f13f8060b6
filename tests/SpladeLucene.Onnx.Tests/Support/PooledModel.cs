namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>
/// A <see cref="TableModel"/> that pools inside the graph: the maximum over unmasked tokens, ReLU, log(1 + x).
/// </summary>
internal static class PooledModel
{
    private static readonly string Width = $"{TableModel.Entries.Length}";

    /// <summary>
    /// With outputs <c>weights</c> and, if a type is given, <c>positions</c>, both [texts, vocabulary].
    /// </summary>
    public static ModelDirectory Folder(
        TableModel table, string weights = "weights", int? positions = OnnxModel.Int64Type)
    {
        OnnxModel graph = Pool(table, weights).Output(weights, "texts", Width);
        if (positions is { } type)
        {
            graph.Node("Cast", ["won at"], "positions", ("to", type)).WholeOutput("positions", type, "texts", Width);
        }

        return TableModel.Folder(graph);
    }

    /// <summary>
    /// With outputs <c>output_idx</c> and <c>output_weights</c>, both [1, entries], of one text at a time.
    /// </summary>
    public static ModelDirectory IndexedFolder(TableModel table) => TableModel.Folder(Pool(table, "pooled")
        .Constant("first", new long[] { 0 }, 1)
        .Node("Squeeze", ["pooled", "first"], "only text")
        .Node("NonZero", ["only text"], "output_idx")
        .Node("Gather", ["only text", "output_idx"], "output_weights")
        .WholeOutput("output_idx", OnnxModel.Int64Type, "one", "entries")
        .Output("output_weights", "one", "entries"));

    // Positions are the indexes that TopK gives along the tokens, the first of equal maxima.
    /// <summary>The graph up to the weights, which have yet to be put out.</summary>
    public static OnnxModel Pool(TableModel table, string weights) => new OnnxModel()
        .Input("input_ids").Input("attention_mask")
        .Constant("table", table.Table, TableModel.Entries.Length, TableModel.Entries.Length)
        .Constant("one", new long[] { 1 }, 1).Constant("two", new long[] { 2 }, 1).Constant("1", [1f])
        .Node("Gather", ["table", "input_ids"], "logits of all")
        .Node("Cast", ["attention_mask"], "mask", ("to", OnnxModel.FloatType))
        .Node("Unsqueeze", ["mask", "two"], "wide mask")
        .Node("Mul", ["logits of all", "wide mask"], "own")
        .Node("TopK", ["own", "one"], ["best", "best at"], ("axis", 1))
        .Node("Squeeze", ["best", "one"], "largest").Node("Squeeze", ["best at", "one"], "won at")
        .Node("Relu", ["largest"], "positive").Node("Add", ["positive", "1"], "added").Node("Log", ["added"], weights);
}
