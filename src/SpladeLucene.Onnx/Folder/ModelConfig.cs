using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>What config.json says of a model's positions and entries; it need not be there.</summary>
internal sealed record ModelConfig
{
    private const string PositionsMember = "max_position_embeddings", Family = "model_type";

    // RoBERTa's family counts positions from the padding token's id on, plus one.
    private static readonly string[] CountFromPadding =
    [
        "roberta", "xlm-roberta", "xlm-roberta-xl", "roberta-prelayernorm", "camembert", "mpnet", "data2vec-text", "xmod", "ibert",
        "longformer", "luke", "esm", "markuplm", "layoutlmv3", "lilt",
    ];

    // These from two on, and have two more than they say.
    private static readonly string[] CountFromTwo = ["nystromformer", "yoso", "mra"];

    private readonly string _path;
    private readonly int? _all;
    private readonly int _taken;

    private ModelConfig(string path, int? all, int taken) => (_path, _all, _taken) = (path, all, taken);

    /// <summary>The position of a row's first token.</summary>
    public int FirstPlace { get; private init; }

    /// <summary>What the file says the model is for, where that isn't filling masks; null where it doesn't say.</summary>
    public string? Kind { get; private init; }

    /// <summary>How many tokens have positions, where the file says so.</summary>
    public int? Positions => _all - _taken;

    /// <summary>How many entries the model has a row for, where the file says so; the vocabulary may have fewer.</summary>
    public int? Entries { get; private init; }

    private bool SaysFamily { get; init; }

    /// <exception cref="ModelLoadException">The file is damaged, or leaves no positions.</exception>
    public static ModelConfig Read(string path)
    {
        if (JsonFile.ReadIfThere(path) is not { } file) return new ModelConfig(path, null, 0);
        string? family = file.Text(Family);
        int taken = CountFromPadding.Contains(family) ? 1 + (file.Whole("pad_token_id", TokenizerJson.Ids) ?? 1) : 0;
        Vectors.ValueRange range = OnnxSparseEncoderOptions.TokenLimits with
        {
            Least = OnnxSparseEncoderOptions.TokenLimits.Least + taken,
            Most = int.MaxValue,
        };
        return new ModelConfig(path, file.Whole(PositionsMember, range), taken)
        {
            FirstPlace = CountFromTwo.Contains(family) ? 2 : taken,
            Kind = KindOf(file),
            Entries = file.Whole("vocab_size"),
            SaysFamily = family is not null,
        };
    }

    /// <summary>Refuses a graph that is told the positions where nobody knows what they count from.</summary>
    /// <param name="graph">What goes into the graph.</param>
    /// <param name="tokenizer">The model's: all with BERT's own count from 0.</param>
    /// <exception cref="ModelLoadException">The family isn't said.</exception>
    public void RequireFamily(GraphSignature graph, TokenizerSettings tokenizer)
    {
        if (SaysFamily || !graph.Inputs.Any(input => input.Kind == InputKind.Places)
            || tokenizer is BertSettings { FirstToken: TokenizerSettings.DefaultFirst })
            return;
        throw new ModelLoadException(_path, $"'{Family}' is missing, and the graph's 'position_ids' count from another number in each family",
            "the model's own config.json, or a graph that makes its positions itself");
    }

    private static string? KindOf(JsonFile file)
    {
        string architecture = file.Strings("architectures").FirstOrDefault() ?? "";
        bool Ends(string with) => architecture.EndsWith(with, StringComparison.Ordinal);
        string? kind = Ends("ForSequenceClassification") ? "a classifier or cross-encoder"
            : Ends("ForTokenClassification") ? "a model that labels tokens"
            : Ends("ForQuestionAnswering") ? "a model that finds answers"
            : Ends("ForCausalLM") ? "a language model that writes"
            : Ends("Model") ? "an encoder without a head, such as sentence embeddings have" : null;
        return kind is null ? null : $"{kind} ({architecture})";
    }

    /// <summary>Refuses texts of more tokens than have positions.</summary>
    public int Require(int tokens)
    {
        if (tokens <= (Positions ?? int.MaxValue)) return tokens;
        string taken = _taken == 0 ? "" : $", {_taken} of them no token's";
        throw new ModelLoadException(_path,
            $"'{PositionsMember}' is {_all}{taken}, and texts of up to {tokens} tokens were asked for",
            "no more tokens than positions");
    }
}
