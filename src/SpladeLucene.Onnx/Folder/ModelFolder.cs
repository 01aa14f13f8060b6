using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>A model's folder: which file is where, and what its small files say.</summary>
internal sealed class ModelFolder
{
    private const string OptimumsFolder = "onnx";

    // What tokenizers of other families are kept in, which a tokenizer.json can be made of.
    private static readonly string[] OtherTokenizers =
        ["vocab.json", "merges.txt", "sentencepiece.bpe.model", "spiece.model", "spm.model", "tokenizer.model"];

    private ModelFolder(string path, string modelPath) => (Path, ModelPath) = (path, modelPath);

    public string Path { get; }

    public string ModelPath { get; }

    public required TokenizerSettings Tokenizer { get; init; }

    public required SpladeJson Splade { get; init; }

    /// <summary>What sentence-transformers' files say of what splade.json leaves open.</summary>
    public required SentenceTransformersFiles Hub { get; init; }

    /// <summary>How many positions the model has, where config.json says so.</summary>
    public required int? Positions { get; init; }

    /// <exception cref="ModelLoadException">A file is missing or not what it should be.</exception>
    public static ModelFolder Open(string path, string modelFile)
    {
        if (!Directory.Exists(path))
        {
            throw new ModelLoadException(path, "the folder does not exist", "a model's folder: that of the package "
                + "SpladeLucene.Models.TinyEn or SpladeLucene.Models.SmallEn, or an exported one "
                + "(optimum-cli export onnx --model NAME --task fill-mask FOLDER)");
        }

        string modelPath = FindGraph(path, modelFile);
        int? positions = PositionsOf(JsonFile.ReadIfThere(System.IO.Path.Combine(path, "config.json")));
        TokenizerSettings tokenizer = ReadTokenizer(path);
        SpladeJson splade = SpladeJson.Read(System.IO.Path.Combine(path, "splade.json"), tokenizer.Vocabulary.Size);
        return new ModelFolder(path, modelPath)
        {
            Tokenizer = tokenizer,
            Splade = splade,
            Hub = SentenceTransformersFiles.Read(path, splade, tokenizer, positions),
            Positions = positions,
        };
    }

    // Where it is named, or where Optimum and the hub put it.
    private static string FindGraph(string path, string modelFile)
    {
        string own = System.IO.Path.Combine(path, modelFile);
        if (File.Exists(own)) return own;
        string optimums = System.IO.Path.Combine(path, OptimumsFolder, modelFile);
        if (File.Exists(optimums)) return optimums;
        string others = string.Join(", ", OtherGraphs(path).Take(5));
        throw new ModelLoadException(own, "the file does not exist", others.Length == 0 ? "the model's graph"
            : $"the model's graph; {others} is there and can be named by {nameof(OnnxSparseEncoderOptions)}."
                + nameof(OnnxSparseEncoderOptions.ModelFile));
    }

    private static IEnumerable<string> OtherGraphs(string path) =>
        new[] { path, System.IO.Path.Combine(path, OptimumsFolder) }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx"))
            .Select(file => System.IO.Path.GetRelativePath(path, file)).Order(StringComparer.Ordinal);

    private static int? PositionsOf(JsonFile? config) =>
        config?.Whole("max_position_embeddings", OnnxSparseEncoderOptions.TokenLimits with { Most = int.MaxValue });

    private static TokenizerSettings ReadTokenizer(string path)
    {
        string json = System.IO.Path.Combine(path, "tokenizer.json");
        if (File.Exists(json)) return TokenizerJson.Read(json);
        string vocabulary = System.IO.Path.Combine(path, "vocab.txt");
        if (File.Exists(vocabulary))
            return VocabularyFile.Read(vocabulary, System.IO.Path.Combine(path, VocabularyFile.Config));
        string? other = Array.Find(OtherTokenizers, name => File.Exists(System.IO.Path.Combine(path, name)));
        throw new ModelLoadException(path, "neither tokenizer.json nor vocab.txt is there", other is null ? "one of them"
            : $"the tokenizer.json that transformers makes of {other} (AutoTokenizer.from_pretrained(FOLDER)"
                + ".save_pretrained(FOLDER)); of a tokenizer without a fast one, such as MeCab's, encode elsewhere and "
                + "index the vectors with SpladeField");
    }
}
