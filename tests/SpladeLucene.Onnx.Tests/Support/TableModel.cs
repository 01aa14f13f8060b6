namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>
/// A model whose logits at a position are a row of a table, the row of the token that stands there: what comes out of
/// it can be told by looking.
/// </summary>
internal sealed class TableModel
{
    public static readonly string[] Entries =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "apple", "bread", "cheese", "date", "egg", "##s", "fig"];

    private readonly float[] _table = new float[Entries.Length * Entries.Length];

    /// <summary>All logits are −1 at first; padding, were it ever pooled, would win everything.</summary>
    public TableModel()
    {
        Array.Fill(_table, -1);
        foreach (string entry in Entries) Set("[PAD]", entry, 100);
    }

    /// <summary>The inputs in the graph, for exports that have others than BERT's three.</summary>
    public string[] Inputs { get; init; } = ["input_ids", "attention_mask", "token_type_ids"];

    public string OutputName { get; init; } = "logits";

    public TableModel Set(string token, string entry, float logit)
    {
        _table[(Array.IndexOf(Entries, token) * Entries.Length) + Array.IndexOf(Entries, entry)] = logit;
        return this;
    }

    public float[] Table => _table;

    public OnnxModel Graph()
    {
        var model = new OnnxModel();
        foreach (string input in Inputs) model.Input(input);
        return model.Constant("table", _table, Entries.Length, Entries.Length)
            .Node("Gather", ["table", "input_ids"], OutputName)
            .Output(OutputName, "texts", "tokens", $"{Entries.Length}");
    }

    public ModelDirectory Folder() => Folder(Graph());

    /// <summary>A folder with another graph over the same vocabulary.</summary>
    public static ModelDirectory Folder(OnnxModel graph) => new ModelDirectory().With("model.onnx", graph.ToArray())
        .With("vocab.txt", string.Join('\n', Entries) + "\n");
}
