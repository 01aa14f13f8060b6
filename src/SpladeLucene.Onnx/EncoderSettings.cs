using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>All that is set about an encoder: what the options say, else what the folder says, else the default.</summary>
internal sealed record EncoderSettings
{
    // Logits of this size are still in the cache when they are pooled: on the models tried, batches of 64 MB took twice
    // as long a text.
    private const int LogitBytes = 8 << 20;

    private const int DefaultMaxTokens = 512;

    public required string Name { get; init; }

    public required HeadSettings Head { get; init; }

    public required int MaxTokens { get; init; }

    public required TextWindows Windows { get; init; }

    public required LengthNormalization Length { get; init; }

    public required Pruning Pruning { get; init; }

    public required Pruning QueryPruning { get; init; }

    public required float QueryExpansionWeight { get; init; }

    public required float QueryIdfExponent { get; init; }

    public required float FloorShare { get; init; }

    public required float? FusionWeight { get; init; }

    /// <summary>The tokens of a batch, padding included.</summary>
    public required int BatchTokenBudget { get; init; }

    /// <summary>The longest sequence that ever goes through the graph.</summary>
    public int LongestRun => Math.Min(MaxTokens, Windows.Tokens);

    /// <exception cref="ModelLoadException">Windows or texts are longer than the model sees.</exception>
    public static EncoderSettings Resolve(OnnxSparseEncoderOptions options, ModelFolder folder)
    {
        (SpladeJson splade, SentenceTransformersFiles hub) = (folder.Splade, folder.Hub);
        int maxTokens = RequirePositions(
            folder, options.MaxTokens ?? splade.MaxTokens ?? hub.MaxTokens ?? folder.Positions ?? DefaultMaxTokens);
        Pruning pruning = options.Pruning ?? splade.Pruning ?? Pruning.None;
        return new EncoderSettings
        {
            Name = NameOf(splade.Name ?? new DirectoryInfo(folder.Path).Name),
            Head = new HeadSettings(splade.Pooling ?? hub.Pooling ?? Pooling.Max,
                splade.Activation ?? hub.Activation ?? Activation.Log1pRelu),
            MaxTokens = maxTokens,
            Windows = RequireFit(folder, options.Windows ?? splade.Windows ?? TextWindows.None, maxTokens),
            Length = options.Length ?? splade.Length ?? LengthNormalization.None,
            Pruning = pruning,
            QueryPruning = options.QueryPruning ?? splade.QueryPruning ?? pruning,
            QueryExpansionWeight = options.QueryExpansionWeight ?? splade.QueryExpansionWeight ?? 1,
            QueryIdfExponent = options.QueryIdfExponent ?? splade.QueryIdfExponent ?? 0,
            FloorShare = options.FloorShare ?? splade.FloorShare ?? 0,
            FusionWeight = options.FusionWeight ?? splade.FusionWeight,
            BatchTokenBudget = options.BatchTokenBudget
                ?? Math.Max(1, LogitBytes / sizeof(float) / folder.Tokenizer.Vocabulary.Size),
        };
    }

    /// <summary>The same with a budget that no text fits: each is a batch of its own.</summary>
    public EncoderSettings OneByOne() => this with { BatchTokenBudget = 0 };

    /// <summary>What the vectors of an encoder with these settings are known by.</summary>
    public ModelFingerprint Fingerprint(string modelHash, TokenizerSettings tokenizer) =>
        new(Name, modelHash, TokenizerHash.Of(tokenizer), Head.Name, MaxTokens, Pruning)
        {
            Windows = Windows, Length = Length,
        };

    // A fingerprint is one line of words.
    private static string NameOf(string name) =>
        name.Length == 0 ? "model" : string.Concat(name.Select(c => char.IsWhiteSpace(c) ? '-' : c));

    private static int RequirePositions(ModelFolder folder, int tokens) => tokens <= (folder.Positions ?? int.MaxValue)
        ? tokens : throw new ModelLoadException(System.IO.Path.Combine(folder.Path, "config.json"),
            $"'max_position_embeddings' is {folder.Positions}, and texts of up to {tokens} tokens were asked for",
            "no more tokens than positions");

    private static TextWindows RequireFit(ModelFolder folder, TextWindows windows, int maxTokens) =>
        windows == TextWindows.None || windows.Tokens <= maxTokens
            ? windows : throw new ModelLoadException(System.IO.Path.Combine(folder.Path, "splade.json"),
                $"windows of {windows.Tokens} tokens were asked for, and the model sees {maxTokens}", "no more");
}
