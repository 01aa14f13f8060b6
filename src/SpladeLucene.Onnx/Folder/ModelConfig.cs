namespace SpladeLucene.Onnx.Folder;

/// <summary>What config.json says of a model's positions; it need not be there.</summary>
internal sealed record ModelConfig
{
    private const string PositionsMember = "max_position_embeddings";

    // RoBERTa's family counts positions from the padding token's id on, plus one.
    private static readonly string[] CountFromPadding =
        ["roberta", "xlm-roberta", "xlm-roberta-xl", "roberta-prelayernorm", "camembert", "mpnet", "data2vec-text", "xmod"];

    private readonly string _path;
    private readonly int? _all;

    private ModelConfig(string path, int? all) => (_path, _all) = (path, all);

    /// <summary>The position of a row's first token.</summary>
    public int FirstPlace { get; private init; }

    /// <summary>What the file says the model is for, where that isn't filling masks; null where it doesn't say.</summary>
    public string? Kind { get; private init; }

    /// <summary>How many tokens have positions, where the file says so.</summary>
    public int? Positions => _all - FirstPlace;

    /// <exception cref="ModelLoadException">The file is damaged, or leaves no positions.</exception>
    public static ModelConfig Read(string path)
    {
        if (JsonFile.ReadIfThere(path) is not { } file) return new ModelConfig(path, null);
        int first = CountFromPadding.Contains(file.Text("model_type"))
            ? 1 + (file.Whole("pad_token_id", TokenizerJson.Ids) ?? 1) : 0;
        Vectors.ValueRange range = OnnxSparseEncoderOptions.TokenLimits with
        {
            Least = OnnxSparseEncoderOptions.TokenLimits.Least + first,
            Most = int.MaxValue,
        };
        return new ModelConfig(path, file.Whole(PositionsMember, range)) { FirstPlace = first, Kind = KindOf(file) };
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
        string taken = FirstPlace == 0 ? "" : $", {FirstPlace} of them no token's";
        throw new ModelLoadException(_path,
            $"'{PositionsMember}' is {_all}{taken}, and texts of up to {tokens} tokens were asked for",
            "no more tokens than positions");
    }
}
