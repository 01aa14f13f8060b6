using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Vectors;

namespace SpladeLucene.Onnx;

/// <summary>
/// How a model's folder is loaded and run. What is null comes from the folder or from the model. Immutable; a value out
/// of its range is refused where it is set, with <see cref="ArgumentOutOfRangeException"/>.
/// </summary>
public sealed record OnnxSparseEncoderOptions
{
    internal static readonly ValueRange TokenLimits = new(TextWindows.SpecialTokens + 1, 1 << 17);
    internal static readonly ValueRange ExpansionWeights = new(0, 1000);
    internal static readonly ValueRange IdfExponents = new(0, 10);
    internal static readonly ValueRange Saturations = new(0, 1000);
    internal static readonly ValueRange Shares = new(0, 1);

    private const string SpinningKey = "session.intra_op.allow_spinning";

    private static readonly ValueRange BatchSizes = new(1, int.MaxValue), ThreadCounts = new(1, 1024);

    /// <summary>
    /// How many tokens the model sees at a time, the two special tokens around a text included; the rest of a longer
    /// text is cut off unless there are <see cref="Windows"/>. 3 to 131,072 and no more than the model has positions for:
    /// loading runs one text of that many tokens, or of the longest window, but of 1,024 at most and, where the graph puts
    /// logits out, of as many as take 64 MiB: 549 with a vocabulary of 30,522, 158 with one of 105,879. What fails beyond
    /// that fails with the first such text.
    /// Default: <c>maxTokens</c> of splade.json, else <c>max_seq_length</c> of sentence_bert_config.json, else
    /// <c>max_position_embeddings</c> of config.json, else 512.
    /// </summary>
    public int? MaxTokens
    {
        get;
        init => field = Require(TokenLimits, value, nameof(MaxTokens));
    }

    /// <summary>
    /// How many tokens of a query are read, the two special tokens around it included; the rest is cut off, and not even
    /// tokenized: at most 4,096 characters and 32 more a token are looked at, whatever stands there. 3 to 131,072. Default: <see cref="MaxTokens"/>, as many as the model sees at a time. Without
    /// <see cref="Windows"/> there are never more than that.
    /// </summary>
    public int? MaxQueryTokens
    {
        get;
        init => field = Require(TokenLimits, value, nameof(MaxQueryTokens));
    }

    /// <summary>
    /// How many tokens of a document's text are read, the two special tokens around it included; the rest is cut off. Part
    /// of the fingerprint's text, but vectors compare in spite of it. 3 to 131,072. Default: all where the text is cut into
    /// <see cref="Windows"/>, else <see cref="MaxTokens"/>, and more than that has no effect then.
    /// </summary>
    public int? MaxTextTokens
    {
        get;
        init => field = Require(TokenLimits, value, nameof(MaxTextTokens));
    }

    /// <summary>
    /// Which terms are too light to keep. Default: <c>minWeight</c>, <c>maxTerms</c> and <c>minRatio</c>
    /// of splade.json, else none are.
    /// </summary>
    public Pruning? Pruning { get; init; }

    /// <summary>
    /// Which terms of a query are too light to keep; see <see cref="OnnxSparseEncoder.EncodeQuery"/>. Default:
    /// <c>queryMinWeight</c>, <c>queryMaxTerms</c> and <c>queryMinRatio</c> of splade.json, else as for documents, or
    /// none where a table weighs queries. What is under
    /// <see cref="Pruning"/>'s smallest weight is dropped in any case.
    /// </summary>
    public Pruning? QueryPruning { get; init; }

    /// <summary>
    /// What the weights of a query's expansions, the terms that are none of its own tokens, are multiplied by once they
    /// are pruned; see <see cref="OnnxSparseEncoder.EncodeQuery"/>. 0 to 1000; with 0 a query has no expansions.
    /// Default: <c>queryExpansionWeight</c> of splade.json, else 1.
    /// </summary>
    public float? QueryExpansionWeight
    {
        get;
        init => field = Require(ExpansionWeights, value, nameof(QueryExpansionWeight));
    }

    /// <summary>
    /// How much a query's terms count less that are frequent in the index it is asked of; see
    /// <see cref="ISparseEncoder.QueryIdfExponent"/>. 0 to 10. Default: <c>queryIdfExponent</c> of splade.json,
    /// else 0.
    /// </summary>
    public float? QueryIdfExponent
    {
        get;
        init => field = Require(IdfExponents, value, nameof(QueryIdfExponent));
    }

    /// <summary>
    /// How much it counts that a query says a word several times: its own token weighs n (k + 1) / (n + k) as much where it
    /// stands there n times, k being this, as BM25 counts the words of a query. Expansions stay as they are. 0 to 1000; with 0 a word
    /// counts once. Default: <c>queryTermSaturation</c> of splade.json, else 0.
    /// </summary>
    public float? QueryTermSaturation
    {
        get;
        init => field = Require(Saturations, value, nameof(QueryTermSaturation));
    }

    /// <summary>
    /// What a hit of a query scores at least, as a share of what the best documents score; see
    /// <see cref="ISparseEncoder.FloorShare"/>. 0 to 1; with 0 there is no floor. Default: <c>floorShare</c> of splade.json, else 0.
    /// </summary>
    public float? FloorShare
    {
        get;
        init => field = Require(Shares, value, nameof(FloorShare));
    }

    /// <summary>
    /// The share of the model's scores in a sum with BM25's; see <see cref="ISparseEncoder.FusionWeight"/>. 0 to 1.
    /// Default: <c>fusionWeight</c> of splade.json, else it isn't known.
    /// </summary>
    public float? FusionWeight
    {
        get;
        init => field = Require(Shares, value, nameof(FusionWeight));
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
    /// Changes a part of what the folder says and keeps the rest, such as
    /// <c>own => own with { Pruning = own.Pruning with { MaxTerms = 64 } }</c>, where <see cref="Windows"/>, <see cref="Pruning"/>
    /// and their like replace the whole. Called once for each load with what holds by then, on the caller's thread; what it
    /// throws comes through. Default: null, nothing is changed.
    /// </summary>
    public Func<ModelDefaults, ModelDefaults>? Adjust { get; init; }

    /// <summary>
    /// How many tokens a batch has at most, padding included; 1 or more. A text that is longer is a batch of its own.
    /// It is what bounds memory: the largest tensor, the logits, takes max(this, <see cref="MaxTokens"/>) × vocabulary
    /// size × 4 bytes, so 62 MB for texts of 512 tokens and a vocabulary of 30,522. Default: as many as take 8 MiB;
    /// 512, and no more texts than take 8 MiB, where the graph pools its logits itself; 2,048 where it makes none.
    /// </summary>
    public int? BatchTokenBudget
    {
        get;
        init => field = Require(BatchSizes, value, nameof(BatchTokenBudget));
    }

    /// <summary>
    /// How many threads one run of the model uses, 1 to 1024; a shorthand for a <see cref="SessionOptionsFactory"/> that says
    /// no more. Threads that wait do not spin. Default: 1, which gives the most texts a second with many callers at once,
    /// and the least CPU time with one; more threads shorten the single run of a large model.
    /// </summary>
    public int? IntraOpThreads
    {
        get;
        init => field = Require(ThreadCounts, value, nameof(IntraOpThreads));
    }

    /// <summary>
    /// Makes ONNX Runtime's own options: execution providers (CUDA, DirectML, OpenVINO), libraries of operators, thread
    /// pools. Called once for each load, on the caller's thread; what it returns is disposed of once the session is made,
    /// so it must be new each time. It stands in the place of <see cref="IntraOpThreads"/>: loading with both is refused
    /// with <see cref="InvalidOperationException"/>. Default: null, for options with that many threads.
    /// </summary>
    public Func<SessionOptions>? SessionOptionsFactory { get; init; }

    /// <summary>
    /// The graph's file in the model's folder or, where it isn't there, in the folder <c>onnx</c> inside it; not empty.
    /// Default: <c>model.onnx</c>.
    /// </summary>
    public string ModelFile
    {
        get;
        init => field = NotEmpty(value, nameof(ModelFile));
    } = "model.onnx";

    /// <exception cref="InvalidOperationException">Threads are set twice, or the options' maker returned null.</exception>
    internal SessionOptions NewSessionOptions()
    {
        if (SessionOptionsFactory is null)
        {
            var options = new SessionOptions { IntraOpNumThreads = IntraOpThreads ?? 1 };
            options.AddSessionConfigEntry(SpinningKey, "0");
            return options;
        }

        if (IntraOpThreads is not null)
            throw new InvalidOperationException($"{nameof(IntraOpThreads)} and {nameof(SessionOptionsFactory)} are both set.");
        return SessionOptionsFactory() ?? throw new InvalidOperationException($"{nameof(SessionOptionsFactory)} returned null.");
    }

    private static int? Require(ValueRange range, int? value, string name) =>
        value is { } number ? range.Require(number, name) : null;

    private static float? Require(ValueRange range, float? value, string name) =>
        value is { } number ? range.Require(number, name) : null;

    private static string NotEmpty(string value, string name) => !string.IsNullOrWhiteSpace(value)
        ? value : throw new ArgumentException($"{name} is empty.", name);
}
