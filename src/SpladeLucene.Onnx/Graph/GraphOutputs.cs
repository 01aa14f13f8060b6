using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpladeLucene.Onnx.Heads;

namespace SpladeLucene.Onnx.Graph;

/// <summary>Which outputs of a graph make a vector, and of what kind they are.</summary>
/// <param name="Kind">How they are read.</param>
/// <param name="Main">The output of that kind; the ids of <see cref="OutputKind.Indexed"/>.</param>
/// <param name="Second">
/// The positions, if any, of pooled weights; the weights of <see cref="OutputKind.Indexed"/>.
/// </param>
internal sealed record GraphOutputs(OutputKind Kind, string Main, string? Second = null)
{
    private const string Weights = "weights", Positions = "positions", Logits = "logits";
    private const string Ids = "output_idx", IdWeights = "output_weights";

    // What exports of BGE-M3 call the weights of its tokens; those of [texts, tokens] are told by name alone.
    private static readonly string[] TokenWeights =
        ["sparse", "sparse_vecs", "sparse_weights", "sparse_embeddings", "token_weights", "lexical_weights"];

    /// <summary>Finds them. What has no known name must leave no doubt by its shape.</summary>
    /// <exception cref="ModelLoadException">There are none, or several that could be meant.</exception>
    public static GraphOutputs Find(
        string path, IReadOnlyDictionary<string, NodeMetadata> outputs, OutputWidth width, string? kind)
    {
        var refusals = new OutputRefusals(path, outputs, width.Entries, kind);
        if (outputs.ContainsKey(Ids) && outputs.ContainsKey(IdWeights)) return FindIndexed(outputs, refusals);
        if (outputs.TryGetValue(Weights, out NodeMetadata? weights) && IsFloat(weights, rank: 2))
        {
            if (!width.Fits(weights.Dimensions[1]) && weights.Dimensions[1] >= 0)
                throw refusals.Width(Weights, weights.Dimensions[1]);
            return Pooled(Weights, outputs, refusals);
        }

        string[] logits = Fitting(outputs, node => IsFloat(node, rank: 3) && node.Dimensions[1] != 1, width);
        if (logits.Length == 1) return new GraphOutputs(OutputKind.Logits, logits[0]);
        if (outputs.TryGetValue(Logits, out NodeMetadata? known) && IsFloat(known, rank: 3) && known.Dimensions[1] != 1)
        {
            // −1 is a dimension that is known only when the graph runs; it is checked then.
            if (width.Fits(known.Dimensions[2]) || known.Dimensions[2] < 0)
                return new GraphOutputs(OutputKind.Logits, Logits);
            throw refusals.Width(Logits, known.Dimensions[2]);
        }

        string[] pooled = logits.Length == 0 ? Fitting(outputs, IsPooled, width) : [];
        if (pooled.Length == 1) return Pooled(pooled[0], outputs, refusals);
        string[] tokens = logits.Length + pooled.Length == 0
            ? [.. outputs.Where(output => IsOfTokens(output.Key, output.Value)).Select(output => output.Key)] : [];
        return tokens.Length == 1
            ? new GraphOutputs(OutputKind.TokenWeights, tokens[0]) : throw refusals.Nothing(logits.Length > 0);
    }

    public static bool IsFloat(NodeMetadata output, int rank) => output.IsTensor
        && Floats.Holds(output.ElementDataType) && output.Dimensions.Length == rank;

    // [texts, vocabulary] or [texts, 1, vocabulary].
    private static bool IsPooled(NodeMetadata output) =>
        IsFloat(output, rank: 2) || (IsFloat(output, rank: 3) && output.Dimensions[1] == 1);

    // [texts, tokens, 1] or [texts, tokens].
    private static bool IsOfTokens(string name, NodeMetadata output) =>
        (IsFloat(output, rank: 3) && output.Dimensions[2] == 1) || (IsFloat(output, rank: 2) && TokenWeights.Contains(name));

    private static string[] Fitting(
        IReadOnlyDictionary<string, NodeMetadata> outputs, Func<NodeMetadata, bool> isRight, OutputWidth width) =>
        [.. outputs.Where(output => isRight(output.Value) && width.Fits(output.Value.Dimensions[^1])).Select(output => output.Key)];

    private static GraphOutputs Pooled(
        string weights, IReadOnlyDictionary<string, NodeMetadata> outputs, OutputRefusals refusals)
    {
        if (!outputs.TryGetValue(Positions, out NodeMetadata? found))
            return new GraphOutputs(OutputKind.Pooled, weights);
        if (!found.IsTensor || !WholeNumbers.Holds(found.ElementDataType) || found.Dimensions.Length != 2)
            throw refusals.Unknown($"'{Positions}' as Int32 or Int64 [texts, vocabulary]");
        return new GraphOutputs(OutputKind.Pooled, weights, Positions);
    }

    private static GraphOutputs FindIndexed(IReadOnlyDictionary<string, NodeMetadata> outputs, OutputRefusals refusals)
    {
        NodeMetadata ids = outputs[Ids], weights = outputs[IdWeights];
        if (ids.IsTensor && WholeNumbers.Holds(ids.ElementDataType)
            && weights.IsTensor && Floats.Holds(weights.ElementDataType))
            return new GraphOutputs(OutputKind.Indexed, Ids, IdWeights);
        throw refusals.Unknown($"'{Ids}' as Int32 or Int64 and '{IdWeights}' as Float, one of each an entry");
    }
}

internal enum OutputKind
{
    /// <summary>Float [texts, tokens, vocabulary].</summary>
    Logits,

    /// <summary>Float [texts, vocabulary], and perhaps the winning positions in the same shape.</summary>
    Pooled,

    /// <summary>Ids of entries, and their weights.</summary>
    Indexed,

    /// <summary>Float [texts, tokens], perhaps with a third dimension of 1: what each token itself weighs.</summary>
    TokenWeights,
}

/// <summary>How wide a graph's rows may be.</summary>
/// <param name="Entries">How many entries the vocabulary has.</param>
/// <param name="Declared">
/// How many config.json says that the model has a row for; null where it doesn't say. More than the vocabulary's are of no token.
/// </param>
internal sealed record OutputWidth(int Entries, int? Declared = null)
{
    // Exports round the number of entries up, so that processors calculate faster; further columns stand for no token.
    private static readonly int[] Paddings = [8, 16, 32, 64, 128];

    /// <summary>The most that fits.</summary>
    public int Widest => Math.Max(Declared ?? 0, Entries + Paddings[^1] - 1);

    public bool Fits(long width) => width == Entries
        || (width > Entries && (width == Declared || Paddings.Any(step => width - Entries < step && width % step == 0)));
}

/// <summary>Says what is wrong with the outputs of a graph, and what to export instead.</summary>
internal sealed class OutputRefusals(
    string path, IReadOnlyDictionary<string, NodeMetadata> outputs, int vocabularySize, string? kind)
{
    public ModelLoadException Width(string name, int width) => new(path,
        $"its output '{name}' has {width} dimensions, and the vocabulary {vocabularySize} entries", "the same number");

    /// <summary>No output is one that is read, or, where some are <paramref name="ambiguous"/>, too many are.</summary>
    public ModelLoadException Nothing(bool ambiguous)
    {
        if (ambiguous) return Unknown("one as wide as the vocabulary, or called 'logits'");
        (string? name, NodeMetadata? wide) =
            outputs.FirstOrDefault(output => GraphOutputs.IsFloat(output.Value, rank: 3));
        return wide is not null ? Hidden(name, wide.Dimensions[2])
            : Unknown("'logits' as Float [texts, tokens, vocabulary], 'weights' as Float [texts, vocabulary], "
                + "or 'output_idx' with 'output_weights'");
    }

    public ModelLoadException Unknown(string expected) =>
        new(path, $"its outputs are {GraphSignature.Describe(outputs)}{Said}", expected);

    private string Said => kind is null ? "" : $", and config.json says that it is {kind}";

    private ModelLoadException Hidden(string name, int last) => new(path,
        $"its output '{name}' has {(last < 0 ? "an unknown number of" : last)} dimensions a token, and the vocabulary "
        + $"{vocabularySize} entries: these are hidden states, without the head that scores the vocabulary{Said}",
        "'logits' [texts, tokens, vocabulary]: export the model for masked language modelling (AutoModelForMaskedLM; "
        + "with Optimum: --task fill-mask)");
}
