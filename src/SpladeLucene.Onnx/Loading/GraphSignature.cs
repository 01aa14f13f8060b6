using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SpladeLucene.Onnx.Loading;

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

    /// <summary>The output [texts, tokens, vocabulary].</summary>
    public string Logits { get; private set; } = "";

    /// <exception cref="ModelLoadException">The graph is not one that is understood.</exception>
    public static GraphSignature Read(string path, InferenceSession session, int vocabularySize)
    {
        var signature = new GraphSignature(path, session);
        signature.ReadInputs();
        signature.Logits = signature.FindLogits(vocabularySize);
        return signature;
    }

    private void ReadInputs()
    {
        Ids = FindInput(IdNames) ?? throw Unknown("inputs", _session.InputMetadata, "input_ids");
        Mask = FindInput(MaskNames) ?? throw Unknown("inputs", _session.InputMetadata, "attention_mask");
        Types = FindInput(TypeNames);
        foreach ((string name, NodeMetadata node) in _session.InputMetadata)
        {
            if (name != Ids && name != Mask && name != Types)
                throw Unknown("inputs", _session.InputMetadata, "only input_ids, attention_mask, token_type_ids");
            if (!node.IsTensor || node.ElementDataType != TensorElementType.Int64 || node.Dimensions.Length != 2)
                throw Unknown("inputs", _session.InputMetadata, $"'{name}' as Int64 [texts, tokens]");
        }
    }

    private string? FindInput(string[] names) => Array.Find(names, _session.InputMetadata.ContainsKey);

    private string FindLogits(int vocabularySize)
    {
        (string Name, int Last)[] wide = [.. _session.OutputMetadata
            .Where(output => output.Value.IsTensor && output.Value.ElementDataType == TensorElementType.Float
                && output.Value.Dimensions.Length == 3)
            .Select(output => (output.Key, output.Value.Dimensions[2]))];
        (string Name, int Last)[] fitting = Array.FindAll(wide, output => output.Last == vocabularySize);
        if (fitting.Length == 1) return fitting[0].Name;
        if (Array.Find(wide, output => output.Name == "logits") is { Name: not null } logits)
        {
            // −1 is a dimension that is known only when the graph runs; it is checked then.
            if (logits.Last == vocabularySize || logits.Last < 0) return logits.Name;
            throw new ModelLoadException(_path,
                $"its output 'logits' has {logits.Last} dimensions, and the vocabulary {vocabularySize} entries",
                "the same number");
        }

        throw wide.Length == 0 ? Pooled() : fitting.Length == 0 ? Hidden(wide[0].Name, wide[0].Last, vocabularySize)
            : Unknown("outputs", _session.OutputMetadata, "one as wide as the vocabulary, or called 'logits'");
    }

    private ModelLoadException Hidden(string name, int last, int vocabularySize) => new(_path,
        $"its output '{name}' has {(last < 0 ? "an unknown number of" : last)} dimensions a token, and the vocabulary "
        + $"{vocabularySize} entries: these are hidden states, without the head that scores the vocabulary",
        "'logits' [texts, tokens, vocabulary]: export the model for masked language modelling (AutoModelForMaskedLM; "
        + "with Optimum: --task fill-mask)");

    private ModelLoadException Pooled() => Unknown("outputs", _session.OutputMetadata,
        "'logits' as Float [texts, tokens, vocabulary]; outputs that are already pooled cannot be read yet");

    private ModelLoadException Unknown(string what, IReadOnlyDictionary<string, NodeMetadata> found, string expected) =>
        new(_path, $"its {what} are {string.Join(", ", found.Select(Describe))}", expected);

    private static string Describe(KeyValuePair<string, NodeMetadata> node)
    {
        if (!node.Value.IsTensor) return $"'{node.Key}' (no tensor)";
        IEnumerable<string> shape = node.Value.Dimensions.Select(dimension => dimension < 0 ? "?" : $"{dimension}");
        return $"'{node.Key}' {node.Value.ElementDataType} [{string.Join(", ", shape)}]";
    }
}
