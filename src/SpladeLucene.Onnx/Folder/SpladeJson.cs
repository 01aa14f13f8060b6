using SpladeLucene.Onnx.Heads;

namespace SpladeLucene.Onnx.Folder;

/// <summary>splade.json: what is special about a SPLADE model. Every member, and the file, may be absent.</summary>
internal sealed record SpladeJson
{
    private const string MinWeight = "minWeight", MaxTerms = "maxTerms";
    private const string QueryMinWeight = "queryMinWeight", QueryMaxTerms = "queryMaxTerms";
    private const string QueryExpansions = "queryExpansionWeight", QueryIdf = "queryIdfExponent";
    private const string WindowTokens = "windowTokens", WindowOverlap = "windowOverlap", WindowMerging = "windowMerge";
    private const string Saturation = "windowSaturation", LengthPenalty = "windowLengthPenalty";
    private const string LengthExponent = "lengthExponent", LengthNorm = "lengthNorm";

    private const float DefaultSaturation = 0.6f, DefaultPenalty = 0.11f;

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

    /// <summary>How long texts are cut, if they are.</summary>
    public TextWindows? Windows { get; private init; }

    /// <summary>What length costs a text, if anything.</summary>
    public LengthNormalization? Length { get; private init; }

    /// <summary>What is left to do with logits, or what a graph that pools itself has done.</summary>
    public HeadSettings Head { get; private init; } = HeadSettings.Default;

    public static SpladeJson Read(string path, int vocabularySize)
    {
        if (JsonFile.ReadIfThere(path) is not { } file) return new SpladeJson();
        if (file.Whole("maxTokens") < 3) throw file.Refuse("maxTokens", "3 or more");
        if (file.Whole("vocabularySize") is { } size && size != vocabularySize)
            throw file.Refuse("vocabularySize", $"the {vocabularySize} entries of the vocabulary");
        return new SpladeJson
        {
            Name = file.Text("name"),
            MaxTokens = file.Whole("maxTokens"),
            Pruning = ReadPruning(file, MinWeight, MaxTerms),
            QueryPruning = ReadPruning(file, QueryMinWeight, QueryMaxTerms),
            QueryExpansionWeight = NotNegative(file, QueryExpansions),
            QueryIdfExponent = NotNegative(file, QueryIdf),
            Windows = ReadWindows(file),
            Length = ReadLength(file),
            Head = new HeadSettings(
                file.OneOf("pooling", ("max", Pooling.Max), ("sum", Pooling.Sum)),
                file.OneOf("activation",
                    ("log1p_relu", Activation.Log1pRelu), ("log1p_log1p_relu", Activation.Log1pLog1pRelu))),
        };
    }

    private static Pruning? ReadPruning(JsonFile file, string minWeight, string maxTerms)
    {
        float? lightest = NotNegative(file, minWeight);
        int? most = file.Whole(maxTerms);
        if (most < 1) throw file.Refuse(maxTerms, "1 or more");
        return lightest is null && most is null ? null
            : new Pruning { MinWeight = lightest ?? 0, MaxTerms = most ?? int.MaxValue };
    }

    private static TextWindows? ReadWindows(JsonFile file)
    {
        WindowMerge merge = ReadMerge(file);
        int overlap = file.Whole(WindowOverlap) ?? 0;
        if (file.Whole(WindowTokens) is not { } tokens) return null;
        if (tokens <= TextWindows.SpecialTokens) throw file.Refuse(WindowTokens, "3 or more");
        int most = tokens - TextWindows.SpecialTokens - 1;
        return overlap >= 0 && overlap <= most
            ? new TextWindows(tokens, overlap, merge) : throw file.Refuse(WindowOverlap, $"0 to {most}");
    }

    private static WindowMerge ReadMerge(JsonFile file)
    {
        WindowMerge saturated = WindowMerge.Saturated(
            NotNegative(file, Saturation) ?? DefaultSaturation, NotNegative(file, LengthPenalty) ?? DefaultPenalty);
        return file.OneOf(WindowMerging,
            ("max", WindowMerge.Max), ("weighted_mean", WindowMerge.WeightedMean), ("saturated", saturated));
    }

    private static float? NotNegative(JsonFile file, string member) => file.Number(member) is not { } number ? null
        : float.IsFinite(number) && number >= 0 ? number : throw file.Refuse(member, "0 or more");

    private static LengthNormalization? ReadLength(JsonFile file)
    {
        float norm = file.Number(LengthNorm) ?? LengthNormalization.DefaultNorm;
        if (!float.IsFinite(norm) || norm <= 0) throw file.Refuse(LengthNorm, "a positive number");
        if (file.Number(LengthExponent) is not { } exponent) return null;
        return exponent is >= 0 and <= 1
            ? new LengthNormalization(exponent, norm) : throw file.Refuse(LengthExponent, "0 to 1");
    }
}
