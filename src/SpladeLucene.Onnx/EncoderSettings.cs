using System.Globalization;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx;

/// <summary>All that is set about an encoder: what the options say, else what the folder says, else the default.</summary>
internal sealed record EncoderSettings
{
    // Logits of this size are still in the cache when they are pooled: on the models tried, batches of 64 MB took twice
    // as long a text.
    private const int LogitBytes = 8 << 20;

    /// <summary>How many tokens a model sees of which nobody says so.</summary>
    public const int DefaultMaxTokens = 512;

    // Where no logits are made, and the rest of a run is small.
    private const int TokensWithoutLogits = 2048;

    // Where the graph pools: its logits are its own affair, and what it puts out is a row a text, of which BatchTexts are few.
    private const int TokensOfPooled = 512;

    // What a server with many models and threads would miss.
    private const long HeavyLogitBytes = 128_000_000;

    // What .NET reads of one output.
    private const int MostLogits = int.MaxValue / sizeof(float);

    // Loading a model tries no more than this of what its longest text would take.
    private const int ProbedLogitBytes = 64 << 20;

    // Where no logits are put out. Graphs with fewer positions than their folder says end at 512 as a rule, and 8,192 tokens
    // take a large model minutes.
    private const int ProbedTokens = 1024;

    public required string Name { get; init; }

    public required HeadSettings Head { get; init; }

    /// <summary>How words in pieces match by pairs of pieces; null where they match by each.</summary>
    public required PairSettings? Pairs { get; init; }

    public required int MaxTokens { get; init; }

    public required TextWindows Windows { get; init; }

    public required LengthNormalization Length { get; init; }

    /// <summary>How many tokens of a text are read at most, the two around it included.</summary>
    public required int TextTokens { get; init; }

    /// <summary>The same of a query.</summary>
    public required int QueryTokens { get; init; }

    public required Pruning Pruning { get; init; }

    public required Pruning QueryPruning { get; init; }

    public required float QueryExpansionWeight { get; init; }

    public required float QueryIdfExponent { get; init; }

    public required float QueryTermSaturation { get; init; }

    public required float FloorShare { get; init; }

    public required float? FusionWeight { get; init; }

    /// <summary>The tokens of a batch, padding included.</summary>
    public required int BatchTokenBudget { get; init; }

    /// <summary>How many texts a batch has at most.</summary>
    public required int BatchTexts { get; init; }

    /// <summary>The longest sequence that ever goes through the graph.</summary>
    public int LongestRun => Math.Min(MaxTokens, Windows.Tokens);

    /// <summary>The longest sequence that loading tries.</summary>
    public int ProbedRun(OutputKind outputs, int vocabularySize) => Math.Min(LongestRun, outputs != OutputKind.Logits
        ? ProbedTokens
        : Math.Max((int)OnnxSparseEncoderOptions.TokenLimits.Least, ProbedLogitBytes / sizeof(float) / vocabularySize));

    /// <exception cref="ModelLoadException">Windows or texts are longer than the model sees.</exception>
    public static EncoderSettings Resolve(
        OnnxSparseEncoderOptions options, ModelFolder folder, GraphSignature? graph = null)
    {
        SpladeJson splade = folder.Splade;
        int maxTokens = MaxTokensOf(options, folder, graph);
        ModelDefaults texts = TextsOf(options, folder);
        TextWindows windows = RequireFit(folder, options, texts.Windows, maxTokens);
        int most = windows == TextWindows.None ? maxTokens : int.MaxValue;
        return RequireReadable(folder, graph, new EncoderSettings
        {
            Name = NameOf(splade.Name ?? new DirectoryInfo(folder.Path).Name),
            Head = HeadOf(folder, graph),
            Pairs = splade.Pairs,
            MaxTokens = maxTokens,
            Windows = windows,
            TextTokens = Math.Min(most, options.MaxTextTokens ?? int.MaxValue),
            // A table has no positions to run out of.
            QueryTokens = folder.Queries is { } queries ? options.MaxQueryTokens ?? queries.MaxTokens ?? maxTokens
                : Math.Min(most, options.MaxQueryTokens ?? maxTokens),
            Length = texts.Length,
            Pruning = texts.Pruning,
            QueryPruning = texts.QueryPruning,
            QueryExpansionWeight = options.QueryExpansionWeight ?? splade.QueryExpansionWeight ?? 1,
            QueryIdfExponent = options.QueryIdfExponent ?? splade.QueryIdfExponent ?? 0,
            QueryTermSaturation = options.QueryTermSaturation ?? splade.QueryTermSaturation ?? 0,
            FloorShare = options.FloorShare ?? splade.FloorShare ?? 0,
            FusionWeight = options.FusionWeight ?? splade.FusionWeight,
            BatchTokenBudget = options.BatchTokenBudget
                ?? DefaultBudget(graph?.Outputs.Kind, folder.Tokenizer.Vocabulary.Size),
            BatchTexts = graph?.Outputs.Kind == OutputKind.Pooled
                ? Math.Max(1, LogitBytes / (sizeof(float) + sizeof(long)) / folder.Tokenizer.Vocabulary.Size) : int.MaxValue,
        });
    }

    /// <summary>How many tokens a model is given; of a graph that nobody has looked at yet, as many as the folder says.</summary>
    /// <exception cref="ModelLoadException">They are more than the model sees.</exception>
    public static int MaxTokensOf(OnnxSparseEncoderOptions options, ModelFolder folder, GraphSignature? graph) =>
        RequireFit(folder, graph?.Width, folder.Config.Require(options.MaxTokens ?? folder.Splade.MaxTokens
            ?? Math.Min(graph?.Width ?? int.MaxValue, folder.Hub.MaxTokens ?? folder.Config.Positions ?? DefaultMaxTokens)));

    /// <summary>The logits of how many tokens can be read of one output.</summary>
    public static int MostTokens(int width) => MostLogits / width;

    private static int DefaultBudget(OutputKind? outputs, int vocabularySize) => outputs switch
    {
        OutputKind.TokenWeights => TokensWithoutLogits,
        OutputKind.Pooled => TokensOfPooled,
        _ => Math.Max(1, LogitBytes / sizeof(float) / vocabularySize),
    };

    /// <summary>What would make a graph lighter to run; null where nothing would.</summary>
    public string? AdviceFor(GraphSignature graph, int vocabularySize)
    {
        long bytes = (long)LongestRun * vocabularySize * sizeof(float);
        return graph.Outputs.Kind != OutputKind.Logits || bytes <= HeavyLogitBytes ? null : string.Create(CultureInfo.InvariantCulture,
            $"the logits of a text of {LongestRun:N0} tokens take {bytes / 1e6:N0} MB; 'splade model fuse' makes a copy that needs a fraction");
    }

    /// <summary>The same with a budget that no text fits: each is a batch of its own.</summary>
    public EncoderSettings OneByOne() => this with { BatchTokenBudget = 0 };

    /// <summary>What the vectors of an encoder with these settings are known by.</summary>
    public ModelFingerprint Fingerprint(string modelHash, TokenizerSettings tokenizer) =>
        new(Name, modelHash, TokenizerHash.Of(tokenizer), PairSettings.NameOf(Head.Name, Pairs), MaxTokens, Pruning)
        {
            Windows = Windows,
            Length = Length,
            // As many as the model sees stand there already.
            TextTokens = Windows == TextWindows.None && TextTokens == MaxTokens ? int.MaxValue : TextTokens,
        };

    /// <exception cref="InvalidOperationException">The options' function returned null.</exception>
    private static ModelDefaults TextsOf(OnnxSparseEncoderOptions options, ModelFolder folder)
    {
        SpladeJson splade = folder.Splade;
        Pruning pruning = options.Pruning ?? splade.Pruning ?? Pruning.None;
        // A table's weights are on another scale than the documents'.
        Pruning queries = options.QueryPruning ?? splade.QueryPruning ?? (folder.Queries is null ? pruning : Pruning.None);
        var texts = new ModelDefaults(options.Windows ?? splade.Windows ?? TextWindows.None, pruning, queries,
            options.Length ?? splade.Length ?? LengthNormalization.None);
        if (options.Adjust is not { } adjust) return texts;
        return adjust(texts) ?? throw new InvalidOperationException($"{nameof(options.Adjust)} returned null.");
    }

    // A fingerprint is one line of words.
    private static string NameOf(string name) =>
        name.Length == 0 ? "model" : string.Concat(name.Select(c => char.IsWhiteSpace(c) ? '-' : c));

    private static HeadSettings HeadOf(ModelFolder folder, GraphSignature? graph)
    {
        (Pooling? pooling, Activation? activation) = (folder.Splade.Pooling, folder.Splade.Activation);
        if (graph?.Outputs.Kind != OutputKind.TokenWeights)
        {
            (Pooling? hubs, Activation? function) = pooling is null || activation is null ? folder.Hub.ReadHead() : (null, null);
            return new HeadSettings(pooling ?? hubs ?? Pooling.Max, activation ?? function ?? Activation.Log1pRelu);
        }

        return pooling is null && activation is null && !folder.Hub.HasHead ? HeadSettings.TokenWeights
            : throw new ModelLoadException(folder.ModelPath,
                $"its output '{graph.Outputs.Main}' has one weight a token, and the folder says how logits are pooled",
                "'logits', or neither 'pooling' nor 'activation' nor a SpladePooling");
    }

    // With batches that are no larger than what can be read of one output.
    private static EncoderSettings RequireReadable(ModelFolder folder, GraphSignature? graph, EncoderSettings settings)
    {
        if (graph?.Outputs.Kind != OutputKind.Logits) return settings;
        int width = graph.LogitWidth ?? folder.Tokenizer.Vocabulary.Size, longest = Math.Max(settings.LongestRun, graph.Width ?? 0);
        if (longest <= MostTokens(width))
            return settings with { BatchTokenBudget = Math.Min(settings.BatchTokenBudget, MostTokens(width)) };
        throw new ModelLoadException(folder.ModelPath, string.Create(CultureInfo.InvariantCulture,
            $"a text of {longest:N0} tokens has {(long)longest * width:N0} logits, and {MostLogits:N0} can be read at once"),
            "a copy that pools them in the graph ('splade model fuse' makes one), or a lower limit: 'maxTokens' in splade.json or "
            + $"{nameof(OnnxSparseEncoderOptions)}.{nameof(OnnxSparseEncoderOptions.MaxTokens)}");
    }

    private static int RequireFit(ModelFolder folder, int? width, int tokens) => tokens <= (width ?? int.MaxValue)
        ? tokens : throw new ModelLoadException(folder.ModelPath,
            $"its rows have {width} tokens, and texts of up to {tokens} were asked for", "no more");

    private static TextWindows RequireFit(ModelFolder folder, OnnxSparseEncoderOptions options, TextWindows windows, int maxTokens)
    {
        if (windows == TextWindows.None || windows.Tokens <= maxTokens) return windows;
        bool isFiles = windows == folder.Splade.Windows;
        if (isFiles && options.MaxTokens is not null)
        {
            throw new ModelLoadException(folder.Path,
                $"splade.json has windows of {windows.Tokens} tokens, and {nameof(options.MaxTokens)} was set to {maxTokens}",
                $"no less, or {nameof(options.Windows)} set to shorter ones or to {nameof(TextWindows)}.{nameof(TextWindows.None)}");
        }

        throw new ModelLoadException(isFiles ? System.IO.Path.Combine(folder.Path, "splade.json") : folder.Path,
            $"windows of {windows.Tokens} tokens were asked for, and the model sees {maxTokens}", "no more");
    }
}
