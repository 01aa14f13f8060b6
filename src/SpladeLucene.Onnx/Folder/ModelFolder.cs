using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Folder;

/// <summary>A model's folder: which file is where, and what its small files say.</summary>
internal sealed record ModelFolder
{
    private const string OptimumsFolder = "onnx", Adapter = "adapter_config.json";

    private static readonly string[] Weights = ["model.safetensors", "pytorch_model.bin"];

    // What tokenizers of other families are kept in, which a tokenizer.json can be made of.
    private static readonly string[] OtherTokenizers =
        ["vocab.json", "merges.txt", "sentencepiece.bpe.model", "spiece.model", "spm.model", "tokenizer.model"];

    private ModelFolder(string path, string modelPath) => (Path, ModelPath) = (path, modelPath);

    public string Path { get; }

    public string ModelPath { get; }

    public required TokenizerSettings Tokenizer { get; init; }

    public required SpladeJson Splade { get; init; }

    /// <summary>What sentence-transformers' files say.</summary>
    public required SentenceTransformersFiles Hub { get; init; }

    public required ModelConfig Config { get; init; }

    /// <summary>What each token of a query weighs, where queries go another way than documents.</summary>
    public required StaticEmbedding? Queries { get; init; }

    /// <summary>The folder as a table's queries have it, be it that of <see cref="Queries"/> or idf.json.</summary>
    public ModelFolder ForTable() => Queries is null ? this with { Splade = Splade.ForIdfQueries() } : this;

    /// <exception cref="ModelLoadException">A file is missing or not what it should be.</exception>
    public static ModelFolder Open(string path, string modelFile)
    {
        if (!Directory.Exists(path))
        {
            throw new ModelLoadException(path, "the folder does not exist", "a model's folder: that of the package "
                + "SpladeLucene.Models.TinyEn or SpladeLucene.Models.SmallEn, or an exported one "
                + "(optimum-cli export onnx --model NAME --task fill-mask FOLDER)");
        }

        ModelRoutes routes = ModelRoutes.Read(path);
        string modelPath = FindGraph(path, routes.Documents, modelFile);
        ModelConfig config = ModelConfig.Read(routes.PathOf("config.json"));
        TokenizerSettings tokenizer = ReadTokenizer(path, routes);
        SpladeJson splade = SpladeJson.Read(System.IO.Path.Combine(path, "splade.json"), tokenizer);
        return new ModelFolder(path, modelPath)
        {
            Tokenizer = tokenizer,
            Splade = splade,
            Hub = SentenceTransformersFiles.Read(path, routes, tokenizer, config.Positions),
            Config = config,
            Queries = routes.Queries is null ? null : StaticEmbedding.Read(routes.Queries, tokenizer),
        };
    }

    /// <summary>What queries need of a folder that may have no graph: what each token weighs.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="maxTokens">How many tokens of a query count.</param>
    /// <param name="documents">What the documents' vectors are known by.</param>
    /// <exception cref="ModelLoadException">A file is missing or not what it should be.</exception>
    public static (QueryTable Table, QuerySettings Settings, int Unknown) OpenTable(string path, int maxTokens, ModelFingerprint documents)
    {
        if (!Directory.Exists(path))
            throw new ModelLoadException(path, "the folder does not exist", "a folder with a tokenizer and idf.json");
        ModelRoutes routes = ModelRoutes.Read(path);
        TokenizerSettings tokenizer = ReadTokenizer(path, routes);
        string settings = System.IO.Path.Combine(path, "splade.json");
        SpladeJson splade = SpladeJson.Read(settings, tokenizer);
        splade.RequirePairsOf(documents, settings);
        SentenceTransformersFiles.Read(path, routes, tokenizer, positions: null);
        StaticEmbedding? queries = routes.Queries is null ? null : StaticEmbedding.Read(routes.Queries, tokenizer);
        (float[] weights, int unknown) = queries is not null ? (queries.Weights, 0)
            : IdfJson.Read(System.IO.Path.Combine(path, "idf.json"), tokenizer.Vocabulary);
        int limit = QueryLimit(queries, queries?.MaxTokens ?? maxTokens);
        return (new QueryTable(tokenizer, weights, limit, splade.NewPairs(tokenizer.Vocabulary), splade.QueryTermSaturation ?? 0),
            QuerySettings.Of(queries is null ? splade.ForIdfQueries() : splade), unknown);
    }

    /// <summary>A table of these weights over the folder's tokenizer.</summary>
    /// <param name="weights">By id.</param>
    /// <param name="maxTokens">How many tokens of a query count.</param>
    /// <param name="pairs">The model's own; null where it has none.</param>
    /// <param name="saturation">How much it counts that a query says a word several times.</param>
    public QueryTable NewQueryTable(float[] weights, int maxTokens, WordPairs? pairs, float saturation) =>
        new(Tokenizer, weights, QueryLimit(Queries, maxTokens), pairs, saturation);

    // sentence-transformers puts no tokens around a query that a table weighs: they take no places.
    private static int QueryLimit(StaticEmbedding? queries, int maxTokens) =>
        queries is null ? maxTokens : maxTokens + TextWindows.SpecialTokens;

    /// <summary>The tokenizer of a folder, and the file that it was read from; null where there is none.</summary>
    /// <param name="pathOf">Where a file of a name is, or would be.</param>
    public static (TokenizerSettings Settings, string Path)? FindTokenizer(Func<string, string> pathOf)
    {
        (string json, string vocabulary) = (pathOf("tokenizer.json"), pathOf("vocab.txt"));
        return File.Exists(json) ? (TokenizerJson.Read(json), json)
            : File.Exists(vocabulary) ? (VocabularyFile.Read(vocabulary, pathOf(TokenizerConfig.FileName)), vocabulary) : null;
    }

    // Where it is named, or where Optimum and the hub put it.
    private static string FindGraph(string path, string documents, string modelFile)
    {
        string[] folders = [.. new[] { path, documents }.Distinct(StringComparer.Ordinal)
            .SelectMany(folder => new[] { folder, System.IO.Path.Combine(folder, OptimumsFolder) })];
        string own = System.IO.Path.Combine(path, modelFile);
        if (folders.Select(folder => System.IO.Path.Combine(folder, modelFile)).FirstOrDefault(File.Exists) is { } found)
            return found;
        string others = string.Join(", ", OtherGraphs(path, folders).Take(5));
        if (others.Length == 0 && File.Exists(System.IO.Path.Combine(documents, Adapter)))
        {
            throw new ModelLoadException(own, $"the file does not exist, and {Adapter} says that this is an adapter, which changes "
                + "another model's weights", "a graph of both: merge them (PEFT: merge_and_unload), then "
                + "optimum-cli export onnx --model MERGED --task fill-mask FOLDER");
        }

        string? weights = Array.Find(Weights, name => File.Exists(System.IO.Path.Combine(documents, name)));
        throw new ModelLoadException(own, "the file does not exist", others.Length == 0
            ? weights is null ? "the model's graph"
                : $"a graph, and {weights} has only the weights: optimum-cli export onnx --model {path} --task fill-mask FOLDER"
            : $"the model's graph; {others} is there and can be named by {nameof(OnnxSparseEncoderOptions)}."
                + nameof(OnnxSparseEncoderOptions.ModelFile));
    }

    private static IEnumerable<string> OtherGraphs(string path, IEnumerable<string> folders) =>
        folders.Where(Directory.Exists)
            .SelectMany(folder => ModelFile.List(folder, each => Directory.EnumerateFiles(each, "*.onnx")))
            .Select(file => System.IO.Path.GetRelativePath(path, file)).Order(StringComparer.Ordinal);

    private static TokenizerSettings ReadTokenizer(string path, ModelRoutes routes)
    {
        if (FindTokenizer(routes.PathOf) is { } found) return found.Settings;
        string? other = Array.Find(OtherTokenizers, name => File.Exists(System.IO.Path.Combine(path, name)));
        throw new ModelLoadException(path, "neither tokenizer.json nor vocab.txt is there", other is null ? "one of them"
            : $"the tokenizer.json that transformers makes of {other} (AutoTokenizer.from_pretrained(FOLDER)"
                + ".save_pretrained(FOLDER)); of a tokenizer without a fast one, such as MeCab's, encode elsewhere and "
                + "import the vectors (splade import, SpladeField)");
    }
}
