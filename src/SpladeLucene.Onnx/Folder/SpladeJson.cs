using SpladeLucene.Onnx.Heads;
using SpladeLucene.Onnx.Tokenization;
using SpladeLucene.Vectors;

namespace SpladeLucene.Onnx.Folder;

/// <summary>splade.json: what is special about a SPLADE model. Every member, and the file, may be absent.</summary>
internal sealed record SpladeJson
{
    private const string NameMember = "name", TokensMember = "maxTokens", Size = "vocabularySize";
    private const string PoolingMember = "pooling", ActivationMember = "activation";
    private const string MinWeight = "minWeight", MaxTerms = "maxTerms", MinRatio = "minRatio";
    private const string QueryMinWeight = "queryMinWeight", QueryMaxTerms = "queryMaxTerms";
    private const string QueryMinRatio = "queryMinRatio";
    private const string QueryExpansions = "queryExpansionWeight", QueryIdf = "queryIdfExponent", QuerySaturation = "queryTermSaturation";
    private const string Floor = "floorShare", Fusion = "fusionWeight";
    private const string WindowTokens = "windowTokens", WindowOverlap = "windowOverlap", WindowMerging = "windowMerge";
    private const string Saturation = "windowSaturation", LengthPenalty = "windowLengthPenalty";
    private const string LengthExponent = "lengthExponent", LengthNorm = "lengthNorm";

    // What an import calls the head of vectors whose model it doesn't have.
    private const string Unknown = "unknown";

    private const string InPieces = "wordsInPieces", Endings = "wordEndings", Stem = "stemLetters";

    private static readonly ValueRange StemLetters = new(1, 1000);
    private const int LongestEndings = 4096;
    private const float DefaultSaturation = 0.6f, DefaultPenalty = 0.11f;

    // The last three are for people.
    private static readonly string[] Members =
    [
        NameMember, TokensMember, Size, PoolingMember, ActivationMember, MinWeight, MaxTerms, MinRatio, QueryMinRatio, QueryMinWeight,
        QueryMaxTerms, QueryExpansions, QueryIdf, QuerySaturation, Floor, Fusion, WindowTokens, WindowOverlap, WindowMerging, Saturation,
        LengthPenalty, LengthExponent, LengthNorm, InPieces, Endings, Stem, "version", "license", "description",
    ];

    /// <summary>The model's name, for people.</summary>
    public string? Name { get; private init; }

    /// <summary>How many tokens the model is meant to see at a time.</summary>
    public int? MaxTokens { get; private init; }

    /// <summary>What is dropped of its vectors, if anything.</summary>
    public Pruning? Pruning { get; private init; }

    /// <summary>What is dropped of a query's, where that is something else.</summary>
    public Pruning? QueryPruning { get; private init; }

    /// <summary>What the weights of a query's expansions are multiplied by, if by anything.</summary>
    public float? QueryExpansionWeight { get; private init; }

    /// <summary>The power of the inverse document frequency that a query's weights are multiplied by, if any.</summary>
    public float? QueryIdfExponent { get; private init; }

    /// <summary>How much it counts that a query says a word several times, if it does.</summary>
    public float? QueryTermSaturation { get; private init; }

    /// <summary>The share of the best documents' scores that a hit has at least, if it was calibrated.</summary>
    public float? FloorShare { get; private init; }

    /// <summary>The share of the model's scores in a sum with BM25's, if it was calibrated.</summary>
    public float? FusionWeight { get; private init; }

    /// <summary>How long texts are cut, if they are.</summary>
    public TextWindows? Windows { get; private init; }

    /// <summary>What length costs a text, if anything.</summary>
    public LengthNormalization? Length { get; private init; }

    /// <summary>How logits are pooled, or how a graph has pooled them.</summary>
    public Pooling? Pooling { get; private init; }

    /// <summary>What makes a weight of a logit, here or in the graph.</summary>
    public Activation? Activation { get; private init; }

    /// <summary>How words in pieces match by pairs of pieces; null where they match by each.</summary>
    public PairSettings? Pairs { get; private init; }

    /// <summary>What makes these pairs, if they are wanted.</summary>
    public WordPairs? NewPairs(Vocabulary vocabulary) => Pairs is null ? null : new WordPairs(vocabulary, Pairs);

    /// <summary>Whether it says anything of queries alone, or of their hits.</summary>
    public bool SaysOfQueries => QueryPruning is not null || QueryExpansionWeight is not null || QueryIdfExponent is not null
        || FloorShare is not null || FusionWeight is not null;

    /// <summary>The same for queries by idf.json: what is said of queries was chosen for those of the folder's own way, whose
    /// weights are on another scale and have no inverse document frequency in them.</summary>
    public SpladeJson ForIdfQueries() => this with
    {
        QueryPruning = SpladeLucene.Pruning.None,
        QueryExpansionWeight = null,
        QueryIdfExponent = null,
        FloorShare = null,
        FusionWeight = null,
    };

    /// <summary>Sees that words in pieces match in queries as they do in documents, whose model isn't here.</summary>
    /// <param name="documents">What the documents' vectors are known by.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelLoadException">They match otherwise.</exception>
    public void RequirePairsOf(ModelFingerprint documents, string path)
    {
        string? own = Pairs?.Hash, theirs = PairSettings.HashIn(documents.Head);
        // Vectors from elsewhere say nothing of their head.
        if (own == theirs || documents.Head == Unknown) return;
        throw new ModelLoadException(path, own is null ? $"'{InPieces}' isn't said, and the documents' words match by pairs of pieces"
            : theirs is null ? $"'{InPieces}' is \"pairs\", and the documents' words match by each of their pieces"
            : $"'{Endings}' or '{Stem}' is another than the documents'", $"'{InPieces}', '{Endings}' and '{Stem}' of the splade.json of {documents.Name}");
    }

    public static SpladeJson Read(string path, TokenizerSettings tokenizer)
    {
        int vocabularySize = tokenizer.Vocabulary.Size;
        if (JsonFile.ReadIfThere(path) is not { } file) return new SpladeJson();
        file.RequireKnown(Members);
        if (file.Whole(Size) is { } size && size != vocabularySize)
            throw file.Refuse(Size, $"the {vocabularySize} entries of the vocabulary");
        return new SpladeJson
        {
            Name = ReadName(file),
            MaxTokens = file.Whole(TokensMember, OnnxSparseEncoderOptions.TokenLimits),
            Pruning = ReadPruning(file, MinWeight, MaxTerms, MinRatio),
            QueryPruning = ReadPruning(file, QueryMinWeight, QueryMaxTerms, QueryMinRatio),
            QueryExpansionWeight = file.Number(QueryExpansions, OnnxSparseEncoderOptions.ExpansionWeights),
            QueryIdfExponent = file.Number(QueryIdf, OnnxSparseEncoderOptions.IdfExponents),
            QueryTermSaturation = file.Number(QuerySaturation, OnnxSparseEncoderOptions.Saturations),
            FloorShare = file.Number(Floor, OnnxSparseEncoderOptions.Shares),
            FusionWeight = file.Number(Fusion, OnnxSparseEncoderOptions.Shares),
            Windows = ReadWindows(file),
            Length = ReadLength(file),
            Pooling = file.OneOf<Pooling>(PoolingMember, ("max", Heads.Pooling.Max), ("sum", Heads.Pooling.Sum)),
            Activation = file.OneOf<Activation>(ActivationMember, ("log1p_relu", Heads.Activation.Log1pRelu),
                ("log1p_log1p_relu", Heads.Activation.Log1pLog1pRelu)),
            Pairs = ReadPairs(file, tokenizer),
        };
    }

    private static PairSettings? ReadPairs(JsonFile file, TokenizerSettings tokenizer)
    {
        if (file.OneOf(InPieces, ("pairs", 1)) is null)
        {
            file.RequireAbsent([Endings, Stem], $"'{InPieces}' beside it");
            return null;
        }

        if (tokenizer is not BertSettings) throw file.Refuse(InPieces, "a WordPiece tokenizer beside it, whose pieces say that they are such");
        string[] endings = [.. (file.Text(Endings) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        return endings.All(ending => ending.All(char.IsLetterOrDigit)) && endings.Sum(ending => ending.Length + 1) <= LongestEndings
            ? new PairSettings(file.Whole(Stem, StemLetters) ?? int.MaxValue, endings) : throw file.Refuse(Endings, $"endings of letters and digits with blanks between them, {LongestEndings} characters in all");
    }

    private static string? ReadName(JsonFile file) => file.Text(NameMember) is not { } name ? null
        : name.Length <= ModelFingerprint.LongestWord ? name
        : throw file.Refuse(NameMember, $"{ModelFingerprint.LongestWord} characters at most");

    private static Pruning? ReadPruning(JsonFile file, string minWeight, string maxTerms, string minRatio)
    {
        float? lightest = file.Number(minWeight, SpladeLucene.Pruning.MinWeights);
        int? most = file.Whole(maxTerms, SpladeLucene.Pruning.TermLimits);
        float? ratio = file.Number(minRatio, SpladeLucene.Pruning.MinRatios);
        return lightest is null && most is null && ratio is null ? null
            : new Pruning { MinWeight = lightest ?? 0, MaxTerms = most ?? int.MaxValue, MinRatio = ratio ?? 0 };
    }

    private static TextWindows? ReadWindows(JsonFile file)
    {
        WindowMerge merge = ReadMerge(file);
        if (file.Whole(WindowTokens, TextWindows.Lengths) is { } tokens)
            return new TextWindows(tokens, file.Whole(WindowOverlap, TextWindows.Overlaps(tokens)) ?? 0, merge);
        file.RequireAbsent([WindowOverlap, WindowMerging, Saturation, LengthPenalty], $"'{WindowTokens}' beside it");
        return null;
    }

    private static WindowMerge ReadMerge(JsonFile file)
    {
        WindowMerge saturated = WindowMerge.Saturated(
            file.Number(Saturation, WindowMerge.Numbers) ?? DefaultSaturation,
            file.Number(LengthPenalty, WindowMerge.Numbers) ?? DefaultPenalty);
        int? kind = file.OneOf(WindowMerging, [("max", 0), ("weighted_mean", 1), ("saturated", 2)]);
        if (kind == 2) return saturated;
        file.RequireAbsent([Saturation, LengthPenalty], $"\"saturated\" as '{WindowMerging}' beside it");
        return kind == 1 ? WindowMerge.WeightedMean : WindowMerge.Max;
    }

    private static LengthNormalization? ReadLength(JsonFile file)
    {
        float norm = file.Number(LengthNorm, LengthNormalization.Norms) ?? LengthNormalization.DefaultNorm;
        if (file.Number(LengthExponent, LengthNormalization.Exponents) is { } exponent)
            return new LengthNormalization(exponent, norm);
        file.RequireAbsent([LengthNorm], $"'{LengthExponent}' beside it");
        return null;
    }
}
