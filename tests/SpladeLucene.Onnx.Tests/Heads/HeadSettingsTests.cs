using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Pooling and activation of logits, as splade.json says.</summary>
public sealed class HeadSettingsTests
{
    [Theory]
    [InlineData("max", "log1p_relu", "max-log1p-relu")]
    [InlineData("sum", "log1p_relu", "sum-log1p-relu")]
    [InlineData("max", "log1p_log1p_relu", "max-log1p-log1p-relu")]
    [InlineData("sum", "log1p_log1p_relu", "sum-log1p-log1p-relu")]
    public void Encode_Head_PoolsAndActivatesAsItSays(string pooling, string activation, string name)
    {
        using ModelDirectory folder = new TableModel().Set("apple", "fig", 1).Set("bread", "fig", 5)
            .Set("[CLS]", "fig", 2).Set("date", "fig", -3).Folder()
            .With("splade.json", $$"""{"pooling": "{{pooling}}", "activation": "{{activation}}"}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(name, encoder.Fingerprint.Head);
        double Activate(double x) => activation == "log1p_relu" ? Math.Log(1 + x) : Math.Log(1 + Math.Log(1 + x));
        double expected = pooling == "max" ? Activate(5) : Activate(1) + Activate(5) + Activate(2);
        SparseTerm term = Assert.Single(encoder.Encode("apple bread date"));
        Assert.Equal(expected, term.Weight, 1e-6);
        Assert.Equal(new SourceSpan(6, 11), term.Span);
    }

    [Fact]
    public async Task EncodeAsync_SumOfABatch_PaddingNeverCounts()
    {
        using ModelDirectory folder = new TableModel().Set("apple", "apple", 1).Folder()
            .With("splade.json", """{"pooling": "sum"}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(["apple", "apple apple apple apple"]);
        Assert.Equal(Math.Log(2), vectors[0].WeightOf("apple"), 1e-6);
        Assert.Equal(4 * Math.Log(2), vectors[1].WeightOf("apple"), 1e-6);
        Assert.All(vectors, vector => Assert.Single(vector));
    }
}
