using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Graphs that pool their logits themselves.</summary>
public sealed class PooledHeadTests
{
    private static readonly string[] Texts = ["apple breads", "", "fig", "An Apple, two BREADS", "bread apple fig egg"];

    private static TableModel Table => new TableModel().Set("apple", "apple", 2).Set("apple", "fig", 1)
        .Set("bread", "fig", 5).Set("fig", "[MASK]", 4).Set("##s", "date", 3).Set("[SEP]", "egg", 0.5f);

    [Theory]
    [InlineData(OnnxModel.Int32Type)]
    [InlineData(OnnxModel.Int64Type)]
    public async Task EncodeAsync_WeightsWithPositions_EqualsPoolingTheLogits(int type)
    {
        using ModelDirectory logits = Table.Folder(), pooled = PooledModel.Folder(Table, positions: type);
        using OnnxSparseEncoder expected = OnnxSparseEncoder.Load(logits.Path);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(pooled.Path);
        Assert.True(expected.HasSpans);
        Assert.True(encoder.HasSpans);
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(Texts);
        for (int i = 0; i < Texts.Length; i++)
        {
            SparseVector own = expected.Encode(Texts[i]);
            Assert.Equal(own.Select(term => (term.Term, term.Span)), vectors[i].Select(term => (term.Term, term.Span)));
            foreach (SparseTerm term in own) Assert.Equal(term.Weight, vectors[i].WeightOf(term.Term), 1e-6);
        }
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("sentence_embedding")]
    public void Encode_WeightsAlone_HasNoSpansAndSaysSo(string name)
    {
        using ModelDirectory folder = PooledModel.Folder(Table, name, positions: null);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.False(encoder.HasSpans);
        SparseVector vector = encoder.Encode("apple breads");
        Assert.Equal(["apple", "date", "egg", "fig"], vector.Select(term => term.Term));
        Assert.All(vector, term => Assert.Null(term.Span));
    }

    [Fact]
    public async Task EncodeAsync_IdsAndWeights_EqualsPoolingTheLogits()
    {
        using ModelDirectory logits = Table.Folder(), indexed = PooledModel.IndexedFolder(Table);
        using OnnxSparseEncoder expected = OnnxSparseEncoder.Load(logits.Path);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(indexed.Path);
        Assert.False(encoder.HasSpans);
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(Texts);
        for (int i = 0; i < Texts.Length; i++)
        {
            SparseVector own = expected.Encode(Texts[i]);
            Assert.Equal(own.Select(term => term.Term), vectors[i].Select(term => term.Term));
            foreach (SparseTerm term in own) Assert.Equal(term.Weight, vectors[i].WeightOf(term.Term), 1e-6);
        }
    }

    [Theory]
    [InlineData(float.NaN, 0, "NaN or infinity")]
    [InlineData(float.PositiveInfinity, 0, "NaN or infinity")]
    [InlineData(-2, 0, "a negative weight")]
    [InlineData(2, 9, "the winning position 9, of 3,")]
    [InlineData(2, -1, "the winning position -1, of 3,")]
    public async Task EncodeAsync_WhatIsNoVector_IsRejectedWithTheTextsIndex(float weight, long position, string found)
    {
        float[] weights = new float[12];
        weights[7] = weight;
        using ModelDirectory folder = TableModel.Folder(Constant(weights, position));
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        SparseEncodingException thrown =
            await Assert.ThrowsAsync<SparseEncodingException>(() => encoder.EncodeAsync(["", "apple"]));
        Assert.Equal($"The model put out {found} for the text at index 1.", thrown.Message);
    }

    [Fact]
    public void Load_PositionsThatAreNoWholeNumbers_IsRefused()
    {
        using ModelDirectory folder = PooledModel.Folder(Table, positions: OnnxModel.FloatType);
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path));
        Assert.Contains("expected 'positions' as Int32 or Int64", thrown.Message, StringComparison.Ordinal);
    }

    // The same output for every text, in the shape that is due.
    private static OnnxModel Constant(float[] weights, long position) => new OnnxModel()
        .Input("input_ids").Input("attention_mask").Constant("row", weights, 1, 12)
        .Constant("won", Enumerable.Repeat(position, 12).ToArray(), 1, 12)
        .Constant("one", new long[] { 1 }, 1).Constant("zero", new long[] { 0 })
        .Node("Shape", ["input_ids"], "shape").Node("Gather", ["shape", "zero"], "count")
        .Constant("zeros", new long[] { 0 }, 1)
        .Node("Unsqueeze", ["count", "zeros"], "texts").Node("Concat", ["texts", "one"], "size", ("axis", 0))
        .Node("Expand", ["row", "size"], "weights").Node("Expand", ["won", "size"], "positions")
        .Output("weights", "texts", "12").WholeOutput("positions", OnnxModel.Int64Type, "texts", "12");
}
