namespace SpladeLucene.Onnx.Loading;

/// <summary>splade.json: what is special about a SPLADE model. Every member, and the file, may be absent.</summary>
/// <param name="Name">The model's name, for people.</param>
/// <param name="MaxTokens">How many tokens of a text the model is meant for.</param>
/// <param name="Pruning">What is dropped of its vectors, if anything.</param>
internal sealed record SpladeJson(string? Name, int? MaxTokens, Pruning? Pruning)
{
    private const string Pooling = "max", Activation = "log1p_relu";

    public static SpladeJson Read(string path, int vocabularySize)
    {
        if (JsonFile.ReadIfThere(path) is not { } file) return new SpladeJson(null, null, null);
        if (file.Text("pooling") is not (null or Pooling)) throw file.Refuse("pooling", $"\"{Pooling}\"");
        if (file.Text("activation") is not (null or Activation)) throw file.Refuse("activation", $"\"{Activation}\"");
        if (file.Whole("maxTokens") < 3) throw file.Refuse("maxTokens", "3 or more");
        if (file.Whole("vocabularySize") is { } size && size != vocabularySize)
            throw file.Refuse("vocabularySize", $"the {vocabularySize} entries of the vocabulary");
        return new SpladeJson(file.Text("name"), file.Whole("maxTokens"), ReadPruning(file));
    }

    private static Pruning? ReadPruning(JsonFile file)
    {
        float? lightest = file.Number("minWeight");
        int? most = file.Whole("maxTerms");
        if (lightest is { } weight && !(float.IsFinite(weight) && weight >= 0))
            throw file.Refuse("minWeight", "0 or more");
        if (most < 1) throw file.Refuse("maxTerms", "1 or more");
        return lightest is null && most is null ? null
            : new Pruning { MinWeight = lightest ?? 0, MaxTerms = most ?? int.MaxValue };
    }
}
