using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SpladeLucene.Onnx.Graph;

/// <summary>
/// Which of a graph's inputs and outputs is what. Nothing is guessed: what has no known name is refused.
/// </summary>
internal sealed class GraphSignature
{
    private static readonly string[] IdNames = ["input_ids"];
    private static readonly string[] MaskNames = ["attention_mask", "input_mask"];
    private static readonly string[] TypeNames = ["token_type_ids", "segment_ids"];

    private readonly string _path;
    private readonly InferenceSession _session;

    private GraphSignature(string path, InferenceSession session) => (_path, _session) = (path, session);

    public string Ids { get; private set; } = "";

    public string Mask { get; private set; } = "";

    /// <summary>The input of segment numbers, all 0 here; null where the graph has none.</summary>
    public string? Types { get; private set; }

    /// <summary>What of its outputs makes a vector.</summary>
    public GraphOutputs Outputs { get; private set; } = new(OutputKind.Logits, "");

    /// <exception cref="ModelLoadException">The graph is not one that is understood.</exception>
    public static GraphSignature Read(string path, InferenceSession session, int vocabularySize)
    {
        var signature = new GraphSignature(path, session);
        signature.ReadInputs();
        signature.Outputs = GraphOutputs.Find(path, session.OutputMetadata, vocabularySize);
        return signature;
    }

    private void ReadInputs()
    {
        Ids = FindInput(IdNames) ?? throw Unknown("input_ids");
        Mask = FindInput(MaskNames) ?? throw Unknown("attention_mask");
        Types = FindInput(TypeNames);
        foreach ((string name, NodeMetadata node) in _session.InputMetadata)
        {
            if (name != Ids && name != Mask && name != Types)
                throw Unknown("only input_ids, attention_mask, token_type_ids");
            if (!node.IsTensor || node.ElementDataType != TensorElementType.Int64 || node.Dimensions.Length != 2)
                throw Unknown($"'{name}' as Int64 [texts, tokens]");
        }
    }

    private string? FindInput(string[] names) => Array.Find(names, _session.InputMetadata.ContainsKey);

    /// <summary>Names, types and shapes, in words.</summary>
    public static string Describe(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(", ", nodes.Select(Describe));

    private ModelLoadException Unknown(string expected) =>
        new(_path, $"its inputs are {Describe(_session.InputMetadata)}", expected);

    private static string Describe(KeyValuePair<string, NodeMetadata> node)
    {
        if (!node.Value.IsTensor) return $"'{node.Key}' (no tensor)";
        IEnumerable<string> shape = node.Value.Dimensions.Select(dimension => dimension < 0 ? "?" : $"{dimension}");
        return $"'{node.Key}' {node.Value.ElementDataType} [{string.Join(", ", shape)}]";
    }
}
