using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpladeLucene.Onnx.Heads;

namespace SpladeLucene.Onnx.Graph;

/// <summary>
/// Which of a graph's inputs and outputs is what. Nothing is guessed: what has no known name is refused.
/// </summary>
internal sealed class GraphSignature
{
    private static readonly (InputKind Kind, string[] Names)[] Known =
    [
        (InputKind.Ids, ["input_ids"]), (InputKind.Mask, ["attention_mask", "input_mask"]),
        (InputKind.Types, ["token_type_ids", "segment_ids"]), (InputKind.Places, ["position_ids"]),
    ];

    private readonly string _path;
    private readonly IReadOnlyDictionary<string, NodeMetadata> _inputs;
    private readonly List<GraphInput> _known = [];

    private GraphSignature(string path, IReadOnlyDictionary<string, NodeMetadata> inputs) => (_path, _inputs) = (path, inputs);

    /// <summary>What goes in.</summary>
    public IReadOnlyList<GraphInput> Inputs => _known;

    /// <summary>How many tokens a row must have; null where any number will do.</summary>
    public int? Width { get; private set; }

    /// <summary>Whether a run may hold several texts: not where nothing tells tokens from padding.</summary>
    public bool RunsBatches { get; private set; }

    /// <summary>How many logits a token has, where they come out and the graph says so.</summary>
    public int? LogitWidth { get; private set; }

    /// <summary>What of its outputs makes a vector.</summary>
    public GraphOutputs Outputs { get; private set; } = new(OutputKind.Logits, "");

    /// <exception cref="ModelLoadException">The graph is not one that is understood.</exception>
    public static GraphSignature Read(string path, InferenceSession session, OutputWidth width, string? kind)
    {
        var signature = new GraphSignature(path, session.InputMetadata);
        signature.ReadInputs();
        signature.Outputs = GraphOutputs.Find(path, session.OutputMetadata, width, kind);
        if (signature.Outputs.Kind == OutputKind.Logits && session.OutputMetadata[signature.Outputs.Main].Dimensions[^1] is > 0 and var logits)
            signature.LogitWidth = logits;
        return signature;
    }

    /// <summary>Names, types and shapes, in words.</summary>
    public static string Describe(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(", ", nodes.Select(Describe));

    private void ReadInputs()
    {
        foreach ((string name, NodeMetadata node) in _inputs)
        {
            (InputKind kind, string[]? names) = Array.Find(Known, known => known.Names.Contains(name));
            if (names is null || _known.Exists(other => other.Kind == kind))
                throw Unknown("only input_ids, attention_mask, token_type_ids, position_ids");
            if (!node.IsTensor || !WholeNumbers.Holds(node.ElementDataType) || node.Dimensions.Length != 2)
                throw Unknown($"'{name}' as Int32 or Int64 [texts, tokens]");
            _known.Add(new GraphInput(kind, name, node.ElementDataType));
        }

        if (!_known.Exists(input => input.Kind == InputKind.Ids)) throw Unknown("input_ids");
        int texts = Fixed(dimension: 0) ?? 0;
        if (texts > 1) throw Unknown("any number of texts in a run, or one");
        Width = Fixed(dimension: 1);
        int least = (int)OnnxSparseEncoderOptions.TokenLimits.Least;
        if (Width < least) throw Unknown($"rows of {least} tokens or more, a word and the two around a text");
        bool masks = _known.Exists(input => input.Kind == InputKind.Mask);
        if (Width is not null && !masks) throw Unknown("attention_mask, or any number of tokens: padding would count");
        RunsBatches = masks && texts != 1;
    }

    // The size that the inputs have in a dimension, where it is the same in every run.
    private int? Fixed(int dimension)
    {
        int[] sizes = [.. _inputs.Values.Select(node => node.Dimensions[dimension]).Where(size => size > 0).Distinct()];
        return sizes.Length > 1 ? throw Unknown("inputs of one shape") : sizes.Length == 1 ? sizes[0] : null;
    }

    private ModelLoadException Unknown(string expected) => new(_path, $"its inputs are {Describe(_inputs)}", expected);

    private static string Describe(KeyValuePair<string, NodeMetadata> node)
    {
        if (!node.Value.IsTensor) return $"'{node.Key}' (no tensor)";
        IEnumerable<string> shape = node.Value.Dimensions.Select(dimension => dimension < 0 ? "?" : $"{dimension}");
        return $"'{node.Key}' {node.Value.ElementDataType} [{string.Join(", ", shape)}]";
    }
}

/// <summary>An input [texts, tokens].</summary>
internal readonly record struct GraphInput(InputKind Kind, string Name, TensorElementType Type);

internal enum InputKind
{
    /// <summary>Token ids.</summary>
    Ids,

    /// <summary>1 for a token, 0 for padding.</summary>
    Mask,

    /// <summary>Segment numbers, all 0 here.</summary>
    Types,

    /// <summary>Positions, counted from the model's first.</summary>
    Places,
}
