using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>Random weights behind the tokenizer of each family: a table of embeddings and a layer that makes logits of them.</summary>
internal static class FamilyModel
{
    public const string WordPiece = "WordPiece", BytePairs = "byte-level BPE", Unigram = "Unigram";

    private const int Hidden = 8;

    /// <summary>A folder with the model.</summary>
    /// <param name="family">One of the constants.</param>
    /// <param name="change">Adds what comes before the output to the graph, from the tensor that it is given, and says its name.</param>
    /// <param name="operators">The version of the operators.</param>
    public static ModelDirectory Folder(string family, Func<OnnxModel, string, string>? change = null, int operators = 17)
    {
        ModelDirectory folder = new ModelDirectory().With("tokenizer.json", family switch
        {
            BytePairs => BytePairFile.Json(),
            Unigram => UnigramFile.Json(),
            _ => File.ReadAllText(SmallTokenizer.JsonPath),
        });
        TokenizerSettings tokenizer = TokenizerJson.Read(folder.PathOf("tokenizer.json"));
        return folder.With("model.onnx", Graph(tokenizer.Vocabulary.Size, change, operators).ToArray());
    }

    /// <summary>A folder of a WordPiece vocabulary of so many entries, most of them w5, w6, ….</summary>
    public static ModelDirectory Large(int entries) => new ModelDirectory().With("model.onnx", Graph(entries).ToArray()).With("vocab.txt",
        string.Concat(TableModel.Entries[..5].Concat(Enumerable.Range(5, entries - 5).Select(id => $"w{id}")).Select(entry => entry + "\n")));

    public static OnnxModel Graph(int entries, Func<OnnxModel, string, string>? change = null, int operators = 17)
    {
        var random = new Random(entries);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 3)];
        OnnxModel graph = new OnnxModel(operators).Input("input_ids").Input("attention_mask")
            .Constant("embeddings", Numbers(entries * Hidden), entries, Hidden)
            .Constant("layer", Numbers(Hidden * entries), Hidden, entries).Constant("bias", Numbers(entries), entries)
            .Node("Gather", ["embeddings", "input_ids"], "hidden").Node("MatMul", ["hidden", "layer"], "products")
            .Node("Add", ["bias", "products"], "sums");
        string last = change?.Invoke(graph, "sums") ?? "sums";
        return graph.Node("Identity", [last], "logits").Output("logits", "texts", "tokens", $"{entries}");
    }
}
