using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>A model's folder: what each file is called, and what its small files say.</summary>
internal sealed class ModelFolder
{
    public const int DefaultMaxTokens = 512;

    private ModelFolder(string path, string modelPath) => (Path, ModelPath) = (path, modelPath);

    public string Path { get; }

    public string ModelPath { get; }

    public required TokenizerSettings Tokenizer { get; init; }

    public required SpladeJson Splade { get; init; }

    /// <summary>How many positions the model has, where config.json says so.</summary>
    public required int? Positions { get; init; }

    /// <exception cref="ModelLoadException">A file is missing or not what it should be.</exception>
    public static ModelFolder Open(string path, string modelFile)
    {
        if (!Directory.Exists(path))
            throw new ModelLoadException(path, "the folder does not exist", "a model's folder");
        string modelPath = System.IO.Path.Combine(path, modelFile);
        if (!File.Exists(modelPath))
            throw new ModelLoadException(modelPath, "the file does not exist", "the model's graph");
        JsonFile? config = JsonFile.ReadIfThere(System.IO.Path.Combine(path, "config.json"));
        TokenizerSettings tokenizer = ReadTokenizer(path);
        return new ModelFolder(path, modelPath)
        {
            Tokenizer = tokenizer,
            Splade = SpladeJson.Read(System.IO.Path.Combine(path, "splade.json"), tokenizer.Vocabulary.Size),
            Positions = PositionsOf(config),
        };
    }

    private static int? PositionsOf(JsonFile? config)
    {
        const string Member = "max_position_embeddings";
        int? positions = config?.Whole(Member);
        return positions < 3 ? throw config!.Value.Refuse(Member, "3 or more") : positions;
    }

    /// <summary>The model's name without white space: splade.json's, else the folder's.</summary>
    private string Name()
    {
        string name = Splade.Name ?? new DirectoryInfo(Path).Name;
        return name.Length == 0 ? "model" : string.Concat(name.Select(c => char.IsWhiteSpace(c) ? '-' : c));
    }

    private int MaxTokens(int? wanted)
    {
        int tokens = wanted ?? Splade.MaxTokens ?? Positions ?? DefaultMaxTokens;
        if (tokens <= (Positions ?? int.MaxValue)) return tokens;
        throw new ModelLoadException(System.IO.Path.Combine(Path, "config.json"),
            $"'max_position_embeddings' is {Positions}, and texts of up to {tokens} tokens were asked for",
            "no more tokens than positions");
    }

    public Pruning PruningOf(OnnxSparseEncoderOptions options) => options.Pruning ?? Splade.Pruning ?? Pruning.None;

    public Pruning QueryPruningOf(OnnxSparseEncoderOptions options) =>
        options.QueryPruning ?? Splade.QueryPruning ?? PruningOf(options);

    public float QueryExpansionWeightOf(OnnxSparseEncoderOptions options) =>
        options.QueryExpansionWeight ?? Splade.QueryExpansionWeight ?? 1;

    public float QueryIdfExponentOf(OnnxSparseEncoderOptions options) =>
        options.QueryIdfExponent ?? Splade.QueryIdfExponent ?? 0;

    /// <summary>What the vectors of this folder's model are known by.</summary>
    public ModelFingerprint Fingerprint(string modelHash, OnnxSparseEncoderOptions options)
    {
        int maxTokens = MaxTokens(options.MaxTokens);
        TextWindows windows = options.Windows ?? Splade.Windows ?? TextWindows.None;
        if (windows != TextWindows.None && windows.Tokens > maxTokens)
        {
            throw new ModelLoadException(System.IO.Path.Combine(Path, "splade.json"),
                $"windows of {windows.Tokens} tokens were asked for, and the model sees {maxTokens}", "no more");
        }

        return new ModelFingerprint(
            Name(), modelHash, TokenizerHash.Of(Tokenizer), Splade.Head.Name, maxTokens, PruningOf(options))
        {
            Windows = windows, Length = options.Length ?? Splade.Length ?? LengthNormalization.None,
        };
    }

    private static TokenizerSettings ReadTokenizer(string path)
    {
        string json = System.IO.Path.Combine(path, "tokenizer.json");
        if (File.Exists(json)) return TokenizerJson.Read(json);
        string vocabulary = System.IO.Path.Combine(path, "vocab.txt");
        if (File.Exists(vocabulary))
            return VocabularyFile.Read(vocabulary, System.IO.Path.Combine(path, "tokenizer_config.json"));
        throw new ModelLoadException(path, "neither tokenizer.json nor vocab.txt is there", "one of them");
    }
}
