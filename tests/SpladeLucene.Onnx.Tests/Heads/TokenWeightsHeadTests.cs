using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Graphs that put out one weight a token, as exports of BGE-M3 do.</summary>
public sealed class TokenWeightsHeadTests
{
    // By entry: a token weighs what its entry does.
    private static readonly float[] Weights = [9, 9, 9, 9, 0, 2, 1.5f, -3, 0, 0.5f, 0.25f, 1];

    [Theory]
    [InlineData("sparse_vecs", true)]
    [InlineData("anything", true)]
    [InlineData("sparse", false)]
    public async Task EncodeAsync_WeightsOfTokens_AreTheLargestOfEachTerm(string name, bool wide)
    {
        using ModelDirectory folder = TableModel.Folder(Graph(name, wide));
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal("max-token-relu", encoder.Fingerprint.Head);
        IReadOnlyList<SparseVector> vectors =
            await encoder.EncodeAsync(["apple breads apple", "cheese quince date", "fig", ""]);
        Assert.Equal(
            [new SparseTerm("##s", 0.25f, new SourceSpan(11, 12)), new SparseTerm("apple", 2, new SourceSpan(0, 5)),
                new SparseTerm("bread", 1.5f, new SourceSpan(6, 11))], vectors[0]);
        Assert.Empty(vectors[1]);
        Assert.Equal([new SparseTerm("fig", 1, new SourceSpan(0, 3))], vectors[2]);
        Assert.Empty(vectors[3]);
    }

    [Theory]
    [InlineData("splade.json", """{"activation": "log1p_relu"}""")]
    [InlineData("1_SpladePooling/config.json", """{"pooling_strategy": "max"}""")]
    public void Load_FolderThatSaysHowLogitsArePooled_IsRefused(string file, string json)
    {
        using ModelDirectory folder = TableModel.Folder(Graph("sparse_vecs", wide: true)).With(file, json);
        Assert.Contains("its output 'sparse_vecs' has one weight a token",
            Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_WeightThatIsNoNumber_IsRejected()
    {
        using ModelDirectory folder = TableModel.Folder(Graph("sparse_vecs", wide: true, apple: float.NaN));
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal("The model put out NaN or infinity for the text at index 0.",
            Assert.Throws<SparseEncodingException>(() => encoder.Encode("fig apple")).Message);
        Assert.Single(encoder.Encode("fig"));
    }

    private static OnnxModel Graph(string name, bool wide, float? apple = null)
    {
        float[] weights = [.. Weights];
        weights[5] = apple ?? weights[5];
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("dense", new float[12 * 5], 12, 5).Node("Gather", ["dense", "input_ids"], "colbert_vecs")
            .Constant("table", weights, wide ? [12, 1] : [12]).Node("Gather", ["table", "input_ids"], name);
        return (wide ? graph.Output(name, "texts", "tokens", "1") : graph.Output(name, "texts", "tokens"))
            .Output("colbert_vecs", "texts", "tokens", "5");
    }
}
