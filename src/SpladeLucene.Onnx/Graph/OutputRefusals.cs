using Microsoft.ML.OnnxRuntime;

namespace SpladeLucene.Onnx.Graph;

/// <summary>Says what is wrong with the outputs of a graph, and what to export instead.</summary>
internal sealed class OutputRefusals(string path, IReadOnlyDictionary<string, NodeMetadata> outputs, int vocabularySize)
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
        new(path, $"its outputs are {GraphSignature.Describe(outputs)}", expected);

    private ModelLoadException Hidden(string name, int last) => new(path,
        $"its output '{name}' has {(last < 0 ? "an unknown number of" : last)} dimensions a token, and the vocabulary "
        + $"{vocabularySize} entries: these are hidden states, without the head that scores the vocabulary",
        "'logits' [texts, tokens, vocabulary]: export the model for masked language modelling (AutoModelForMaskedLM; "
        + "with Optimum: --task fill-mask)");
}
