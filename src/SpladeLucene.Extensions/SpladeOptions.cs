using SpladeLucene.Onnx;
using OnnxSession = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace SpladeLucene;

/// <summary>
/// An encoder as an application sets it, in code or in its configuration: <c>Splade</c>, or <c>Splade:Encoders:{name}</c> for a
/// named one. What is null is the model's own. Checked when the application starts: a setting that is out of its range, a
/// folder that isn't there and a key that is no setting are refused, each in one sentence. Read once, when the encoder is made:
/// a change takes a restart.
/// </summary>
public sealed class SpladeOptions
{
    /// <summary>The section of the configuration that is read.</summary>
    public const string SectionName = "Splade";

    /// <summary>
    /// The model's folder; a relative one is looked for under the host's content root and then beside the application.
    /// Needed, unless there is an <see cref="EncoderFactory"/>.
    /// </summary>
    public string? Model { get; set; }

    /// <summary>The graph's file in the folder. Default: <c>model.onnx</c>.</summary>
    public string? ModelFile { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.MaxTokens"/>
    public int? MaxTokens { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.MaxQueryTokens"/>
    public int? MaxQueryTokens { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.MaxTextTokens"/>
    public int? MaxTextTokens { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.QueryExpansionWeight"/>
    public float? QueryExpansionWeight { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.QueryIdfExponent"/>
    public float? QueryIdfExponent { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.QueryTermSaturation"/>
    public float? QueryTermSaturation { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.FloorShare"/>
    public float? FloorShare { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.FusionWeight"/>
    public float? FusionWeight { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.BatchTokenBudget"/>
    public int? BatchTokenBudget { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.IntraOpThreads"/>
    public int? IntraOpThreads { get; set; }

    /// <summary>How long texts are cut; each setting by itself, the others stay the model's own.</summary>
    public SpladeWindowsOptions Windows { get; } = new();

    /// <summary>Which terms of a document are kept; each setting by itself.</summary>
    public SpladePruningOptions Pruning { get; } = new();

    /// <summary>Which terms of a query are kept; each setting by itself.</summary>
    public SpladePruningOptions QueryPruning { get; } = new();

    /// <summary>What length costs a text; each setting by itself.</summary>
    public SpladeLengthOptions Length { get; } = new();

    /// <summary>
    /// How many queries are remembered with their vectors (<see cref="QueryCache"/>), 0 or more; 0 for none. Default: 1024.
    /// </summary>
    public int QueryCacheCapacity { get; set; } = 1024;

    /// <summary>
    /// Makes another encoder than one of a model's folder; the container disposes of it. Then none of the settings above
    /// counts but <see cref="QueryCacheCapacity"/>, and to set another is refused. In code only.
    /// </summary>
    public Func<IServiceProvider, ISparseEncoder>? EncoderFactory { get; set; }

    /// <inheritdoc cref="OnnxSparseEncoderOptions.SessionOptionsFactory"/>
    public Func<OnnxSession>? SessionOptionsFactory { get; set; }
}

/// <summary>What is set about <see cref="TextWindows"/>; null leaves the model's own.</summary>
public sealed class SpladeWindowsOptions
{
    /// <summary>The longest window in tokens, the two special ones included; 3 or more.</summary>
    public int? Tokens { get; set; }

    /// <summary>How many tokens neighbouring windows share; 0 or more, and fewer than a window has.</summary>
    public int? Overlap { get; set; }

    /// <summary>How the vectors of a text's windows become one.</summary>
    public SpladeWindowMerge? Merge { get; set; }

    /// <summary>The saturation of <see cref="SpladeWindowMerge.Saturated"/>, 0 to 1000; 0.6 where the model has none.</summary>
    public float? Saturation { get; set; }

    /// <summary>The length penalty of <see cref="SpladeWindowMerge.Saturated"/>, 0 to 1000; 0.11 where the model has none.
    /// </summary>
    public float? LengthPenalty { get; set; }
}

/// <summary>The merges of <see cref="WindowMerge"/> by name.</summary>
public enum SpladeWindowMerge
{
    /// <summary><see cref="WindowMerge.Max"/>.</summary>
    Max,

    /// <summary><see cref="WindowMerge.WeightedMean"/>.</summary>
    WeightedMean,

    /// <summary><see cref="WindowMerge.Saturated"/>.</summary>
    Saturated,
}

/// <summary>What is set about <see cref="Pruning"/>; null leaves the model's own.</summary>
public sealed class SpladePruningOptions
{
    /// <inheritdoc cref="Pruning.MinWeight"/>
    public float? MinWeight { get; set; }

    /// <inheritdoc cref="Pruning.MinRatio"/>
    public float? MinRatio { get; set; }

    /// <inheritdoc cref="Pruning.MaxTerms"/>
    public int? MaxTerms { get; set; }
}

/// <summary>What is set about <see cref="LengthNormalization"/>; null leaves the model's own.</summary>
public sealed class SpladeLengthOptions
{
    /// <inheritdoc cref="LengthNormalization.Exponent"/>
    public float? Exponent { get; set; }

    /// <inheritdoc cref="LengthNormalization.Norm"/>
    public float? Norm { get; set; }
}
