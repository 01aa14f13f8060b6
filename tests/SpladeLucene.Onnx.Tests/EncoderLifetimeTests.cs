using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Null texts, cancellation, disposal, many threads.</summary>
public sealed class EncoderLifetimeTests
{
    [Fact]
    public async Task EncodeAsync_NullText_IsRejectedWithItsIndex()
    {
        using ModelDirectory folder = new TableModel().Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Throws<ArgumentNullException>(() => encoder.Encode(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => encoder.EncodeAsync(null!));
        ArgumentException thrown = await Assert.ThrowsAsync<ArgumentException>(() => encoder.EncodeAsync(["a", null!]));
        Assert.Contains("index 1", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokensEncoded_AfterEncoding_CountsThoseAroundATextToo()
    {
        using ModelDirectory folder = new TableModel().Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        long? before = encoder.TokensEncoded;
        await encoder.EncodeAsync(["apple", "", "apple apple"]);
        Assert.Equal(7, encoder.TokensEncoded - before);
    }

    [Fact]
    public async Task EncodeAsync_CancelledBefore_Throws()
    {
        using ModelDirectory folder = new TableModel().Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => encoder.EncodeAsync(["apple"], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task EncodeAsync_CancelledWhileTheGraphRuns_EndsTheRun()
    {
        using ModelDirectory folder = SlowFolder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using var source = new CancellationTokenSource();
        Task<IReadOnlyList<SparseVector>> encoding = encoder.EncodeAsync(["fig"], source.Token);
        Assert.True(SpinWait.SpinUntil(() => encoder.IsRunning, TimeSpan.FromMinutes(1)));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoding);
        Assert.NotNull(encoder.Encode("apple"));
    }

    [Fact]
    public async Task Dispose_WhileTheGraphRuns_LetsItEndAndRefusesMore()
    {
        using ModelDirectory folder = SlowFolder();
        OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using var source = new CancellationTokenSource();
        Task<IReadOnlyList<SparseVector>> encoding = encoder.EncodeAsync(["fig"], source.Token);
        Assert.True(SpinWait.SpinUntil(() => encoder.IsRunning, TimeSpan.FromMinutes(1)));
        encoder.Dispose();
        encoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => encoder.Encode("apple"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => encoder.EncodeAsync([]));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoding);
    }

    [Fact]
    public async Task Encode_FromEightThreads_GivesTheSame()
    {
        using ModelDirectory folder = new TableModel().Set("apple", "apple", 2).Set("bread", "fig", 3).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { IntraOpThreads = 1 });
        SparseVector expected = encoder.Encode("apple breads");
        SparseVector[][] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 200).Select(_ => encoder.Encode("apple breads")).ToArray())));
        Assert.All(all.SelectMany(vectors => vectors), vector => Assert.Equal(expected, vector));
    }

    // Multiplies square matrices of zeros in a chain: large ones, which takes minutes on any machine unless the run is
    // ended between two of them, where "fig" is in the text (it is the last entry), and of one element where it is not.
    private static ModelDirectory SlowFolder()
    {
        const int Products = 600;
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new TableModel().Table, TableModel.Entries.Length, TableModel.Entries.Length)
            .Constant("zero", [0f])
            .Constant("fig", new long[] { TableModel.Entries.Length - 1 }, 1)
            .Constant("size", new long[] { 3000 }, 1)
            .Constant("one", new long[] { 1 }, 1)
            .Node("Gather", ["table", "input_ids"], "own")
            .Node("ReduceMax", ["input_ids"], "last", ("keepdims", 0))
            .Node("Div", ["last", "fig"], "is fig")
            .Node("Mul", ["is fig", "size"], "large")
            .Node("Max", ["large", "one"], "n")
            .Node("Concat", ["n", "n"], "shape", ("axis", 0))
            .Node("Expand", ["zero", "shape"], "product 0");
        for (int i = 0; i < Products; i++) graph.Node("MatMul", [$"product {i}", $"product {i}"], $"product {i + 1}");
        return TableModel.Folder(graph.Node("ReduceMax", [$"product {Products}"], "nothing", ("keepdims", 0))
            .Node("Add", ["own", "nothing"], "logits")
            .Output("logits", "texts", "tokens", $"{TableModel.Entries.Length}"));
    }
}
