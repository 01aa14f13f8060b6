using SpladeLucene.Onnx.Folder;

namespace SpladeLucene.Onnx;

/// <summary>How a model's folder is loaded and run. What is null comes from the folder or from the model.</summary>
public sealed class OnnxSparseEncoderOptions
{
    /// <summary>
    /// How many tokens the model sees at a time, the two special tokens around a text included; the rest of a longer
    /// text is cut off unless there are <see cref="Windows"/>. 3 or more and no more than the model has positions for:
    /// loading runs one text of that many tokens, or of the longest window.
    /// Default: <c>maxTokens</c> of splade.json, else <c>max_position_embeddings</c> of config.json, else 512.
    /// </summary>
    public int? MaxTokens
    {
        get;
        init => field = AtLeast(3, value, nameof(MaxTokens));
    }

    /// <summary>
    /// Which terms are too light to keep. Default: <c>minWeight</c> and <c>maxTerms</c> of splade.json, else none are.
    /// </summary>
    public Pruning? Pruning { get; init; }

    /// <summary>
    /// Which terms of a query are too light to keep; see <see cref="OnnxSparseEncoder.EncodeQuery"/>. Default:
    /// <c>queryMinWeight</c> and <c>queryMaxTerms</c> of splade.json, else as for documents. What is under
    /// <see cref="Pruning"/>'s smallest weight is dropped in any case.
    /// </summary>
    public Pruning? QueryPruning { get; init; }

    /// <summary>
    /// What the weights of a query's expansions, the terms that are none of its own tokens, are multiplied by once they
    /// are pruned; see <see cref="OnnxSparseEncoder.EncodeQuery"/>. Finite, 0 or more; with 0 a query has no expansions.
    /// Default: <c>queryExpansionWeight</c> of splade.json, else 1.
    /// </summary>
    public float? QueryExpansionWeight
    {
        get;
        init => field = NotNegative(value, "The weight of a query's expansions");
    }

    /// <summary>
    /// How much a query's terms count less that are frequent in the index it is asked of; see
    /// <see cref="ISparseEncoder.QueryIdfExponent"/>. Finite, 0 or more. Default: <c>queryIdfExponent</c> of splade.json,
    /// else 0.
    /// </summary>
    public float? QueryIdfExponent
    {
        get;
        init => field = NotNegative(value, "The exponent of the inverse document frequency");
    }

    /// <summary>
    /// How a long text is cut into windows, none of them longer than <see cref="MaxTokens"/>. Default:
    /// <c>windowTokens</c>, <c>windowOverlap</c>, <c>windowMerge</c> ("max", "weighted_mean" or "saturated") and, for the
    /// last, <c>windowSaturation</c> (0.6) and <c>windowLengthPenalty</c> (0.11) of splade.json, else
    /// <see cref="TextWindows.None"/>. With windows a text of any length is read to its end, in time and memory that
    /// grow with it; its windows go through the model in batches like those of other texts.
    /// </summary>
    public TextWindows? Windows { get; init; }

    /// <summary>
    /// What length costs a text; applied last, to the merged and pruned vector. Default: <c>lengthExponent</c> and
    /// <c>lengthNorm</c> of splade.json, else <see cref="LengthNormalization.None"/>.
    /// </summary>
    public LengthNormalization? Length { get; init; }

    /// <summary>
    /// How many tokens a batch has at most, padding included; 1 or more. A text that is longer is a batch of its own.
    /// It is what bounds memory: the largest tensor, the logits, takes max(this, <see cref="MaxTokens"/>) × vocabulary
    /// size × 4 bytes, so 62 MB for texts of 512 tokens and a vocabulary of 30,522. Default: as many as take 8 MiB.
    /// </summary>
    public int? BatchTokenBudget
    {
        get;
        init => field = AtLeast(1, value, nameof(BatchTokenBudget));
    }

    /// <summary>
    /// How many threads one run of the model uses; 1 or more. Default: one for each physical core, ONNX Runtime's own
    /// choice. With many callers at once, 1 gives the most texts a second.
    /// </summary>
    public int? IntraOpThreads
    {
        get;
        init => field = AtLeast(1, value, nameof(IntraOpThreads));
    }

    /// <summary>The graph's file in the model's folder, not empty; default <c>model.onnx</c>.</summary>
    public string ModelFile
    {
        get;
        init => field = NotEmpty(value, nameof(ModelFile));
    } = "model.onnx";

    private static float? NotNegative(float? value, string name) =>
        value is null || (float.IsFinite(value.Value) && value >= 0)
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} is finite and not negative.");

    private static string NotEmpty(string value, string name) => !string.IsNullOrWhiteSpace(value)
        ? value : throw new ArgumentException($"{name} is empty.", name);

    private static int? AtLeast(int least, int? value, string name) => value is null || value >= least
        ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} or more.");
}
