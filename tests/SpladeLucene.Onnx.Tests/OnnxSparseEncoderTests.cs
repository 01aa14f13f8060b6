using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

public sealed class OnnxSparseEncoderTests
{
    private static readonly float Log3 = MathF.Log(3), Log6 = MathF.Log(6);

    [Fact]
    public void Encode_Text_PoolsTheMaximumOverItsPositions()
    {
        using ModelDirectory folder = new TableModel().Set("apple", "apple", 2).Set("apple", "fig", 1)
            .Set("bread", "fig", 5).Set("bread", "egg", 0).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        SparseVector vector = encoder.Encode("apple bread");
        Assert.Equal(["apple", "fig"], vector.Select(term => term.Term));
        Assert.Equal(Log3, vector.WeightOf("apple"), 1e-6);
        Assert.Equal(Log6, vector.WeightOf("fig"), 1e-6);
    }

    [Fact]
    public void Encode_Text_KeepsTheSpanThatWon()
    {
        using ModelDirectory folder = new TableModel().Set("apple", "fig", 1).Set("bread", "fig", 5)
            .Set("[SEP]", "egg", 2).Set("##s", "date", 3).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        SparseVector vector = encoder.Encode("An Apple, two BREADS");
        Assert.Equal(new SourceSpan(14, 19), vector[vector.IndexOf("fig")].Span);
        Assert.Equal(new SourceSpan(19, 20), vector[vector.IndexOf("date")].Span);
        Assert.Null(vector[vector.IndexOf("egg")].Span);
    }

    [Fact]
    public void Encode_EqualMaxima_TheFirstPositionWins()
    {
        using ModelDirectory folder = new TableModel().Set("apple", "fig", 1).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(new SourceSpan(0, 5), encoder.Encode("apple apple")[0].Span);
    }

    [Fact]
    public void Encode_SpecialTokens_ArePooledAsRowsAndDroppedAsDimensions()
    {
        TableModel model = new TableModel().Set("[CLS]", "egg", 2);
        foreach (string special in TableModel.Entries[..5]) model.Set("apple", special, 9);
        using ModelDirectory folder = model.Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], encoder.Encode("apple").Select(term => term.Term));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n\u200B")]
    [InlineData("[SEP] [MASK][CLS]")]
    [InlineData("\uD83D")]
    [InlineData("quince")]
    public void Encode_NothingButSpecialAndUnknownTokens_IsTheEmptyVector(string text)
    {
        using ModelDirectory folder = new TableModel().Set("[CLS]", "egg", 2).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Same(SparseVector.Empty, encoder.Encode(text));
    }

    [Fact]
    public async Task EncodeAsync_ManyTexts_ComeInTheirOrderAndPaddingNeverCounts()
    {
        TableModel model = new();
        foreach (string entry in TableModel.Entries[5..]) model.Set(entry, entry, 1);
        using ModelDirectory folder = model.Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { BatchTokenBudget = 40 });
        var random = new Random(3);
        string[] words = ["apple", "bread", "cheese", "date", "egg", "fig"];
        string[] texts =
            [.. Enumerable.Range(0, 3000).Select(_ => string.Join(' ', random.GetItems(words, random.Next(12))))];
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(texts);
        Assert.Equal(texts.Length, vectors.Count);
        for (int i = 0; i < texts.Length; i++)
        {
            string text = texts[i];
            IEnumerable<string> expected = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct();
            Assert.Equal(expected.Order(StringComparer.Ordinal), vectors[i].Select(term => term.Term));
            Assert.All(vectors[i], term => Assert.Equal(term.Term, text[term.Span!.Value.Start..term.Span.Value.End]));
        }
    }

    [Fact]
    public async Task EncodeAsync_GraphThatMixesTheTextsOfABatch_GivesWhatEachGivesAlone()
    {
        // Each logit has the largest of its position in the whole batch added.
        TableModel table = new TableModel().Set("apple", "apple", 2).Set("bread", "fig", 3).Set("##s", "egg", 1);
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", table.Table, TableModel.Entries.Length, TableModel.Entries.Length)
            .Node("Gather", ["table", "input_ids"], "own")
            .Constant("first", new long[] { 0 }, 1)
            .Node("ReduceSum", ["own", "first"], "all", ("keepdims", 1))
            .Node("Add", ["own", "all"], "logits")
            .Output("logits", "texts", "tokens", $"{TableModel.Entries.Length}");
        using ModelDirectory folder = TableModel.Folder(graph);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        string[] texts = ["apple", "bread", "apple bread"];
        Assert.Equal(texts.Select(encoder.Encode), await encoder.EncodeAsync(texts));
    }

    [Fact]
    public async Task EncodeAsync_GraphThatDiffersALittleInABatch_GivesWhatEachGivesAlone()
    {
        // Each logit has a hundredth of the number of texts added.
        TableModel table = new TableModel().Set("apple", "apple", 2).Set("bread", "fig", 3).Set("##s", "egg", 1);
        OnnxModel graph = Texts(table).Constant("hundredth", [0.01f])
            .Node("Mul", ["count", "hundredth"], "little").Node("Add", ["own", "little"], "logits")
            .Output("logits", "texts", "tokens", $"{TableModel.Entries.Length}");
        await AssertAsAlone(graph);
    }

    [Fact]
    public async Task EncodeAsync_GraphForOneTextOnly_RunsOneAtATime()
    {
        TableModel table = new TableModel().Set("apple", "apple", 2).Set("bread", "fig", 3);
        OnnxModel graph = new OnnxModel().Input("input_ids", dimensions: ["1", "tokens"])
            .Input("attention_mask", dimensions: ["1", "tokens"])
            .Constant("table", table.Table, TableModel.Entries.Length, TableModel.Entries.Length)
            .Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "1", "tokens", $"{TableModel.Entries.Length}");
        await AssertAsAlone(graph);
    }

    [Fact]
    public async Task EncodeAsync_GraphWhoseOutputIsOfOneText_RunsOneAtATime()
    {
        TableModel table = new TableModel().Set("apple", "apple", 2).Set("bread", "fig", 3);
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", table.Table, TableModel.Entries.Length, TableModel.Entries.Length)
            .Constant("size", new long[] { 1, -1, TableModel.Entries.Length }, 3)
            .Node("Gather", ["table", "input_ids"], "own").Node("Reshape", ["own", "size"], "logits")
            .Output("logits", "one", "tokens", $"{TableModel.Entries.Length}");
        await AssertAsAlone(graph);
    }

    [Fact]
    public async Task EncodeAsync_TextThatTheGraphFailsOn_IsNamedByItsIndex()
    {
        // Looks each token up among all entries but the last, "fig"; the probes do not have it in them.
        int entries = TableModel.Entries.Length;
        float[] table = [.. new TableModel().Set("apple", "apple", 2).Table.SkipLast(entries)];
        using ModelDirectory folder = TableModel.Folder(new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", table, entries - 1, entries).Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "texts", "tokens", $"{entries}"));
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        SparseEncodingException thrown = await Assert.ThrowsAsync<SparseEncodingException>(
            () => encoder.EncodeAsync(["apple", "", "apple bread", "apple fig", "apple"]));
        Assert.Equal(3, thrown.Index);
        Assert.Contains("The model fails on 4 tokens", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(0, Assert.Throws<SparseEncodingException>(() => encoder.Encode("fig")).Index);
        Assert.Equal(["apple"], encoder.Encode("apple").Select(term => term.Term));
    }

    [Fact]
    public void Encode_LongText_SeesItsBeginning()
    {
        using ModelDirectory folder = new TableModel().Set("apple", "apple", 1).Set("fig", "fig", 1).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { MaxTokens = 4 });
        Assert.Equal(["apple"], encoder.Encode("apple bread fig").Select(term => term.Term));
    }

    [Fact]
    public async Task EncodeAsync_LogitsThatAreNaNOrPlusInfinity_AreRejectedWithTheTextsIndex()
    {
        foreach (float value in new[] { float.NaN, float.PositiveInfinity })
        {
            using ModelDirectory folder = new TableModel().Set("cheese", "fig", value).Folder();
            using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
            SparseEncodingException thrown = await Assert.ThrowsAsync<SparseEncodingException>(
                () => encoder.EncodeAsync(["apple", "", "bread apple egg", "cheese", "apple"]));
            Assert.Contains("index 3", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("max")]
    [InlineData("sum")]
    public void Encode_LogitOfMinusInfinity_WeighsNothing(string pooling)
    {
        using ModelDirectory folder = new TableModel().Set("cheese", "fig", float.NegativeInfinity)
            .Set("cheese", "egg", 1).Folder().With("splade.json", $$"""{"pooling": "{{pooling}}"}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], encoder.Encode("cheese").Select(term => term.Term));
    }

    [Fact]
    public async Task EncodeAsync_GraphThatQuantizesDynamically_KeepsTextsApart()
    {
        // "fig" stretches the scale of its batch. The pair that is tried on loading does not have it.
        TableModel table = new TableModel().Set("apple", "apple", 0.13f).Set("fig", "fig", 50);
        foreach (string entry in TableModel.Entries) table.Set("[PAD]", entry, -1);
        using ModelDirectory folder = TableModel.Folder(new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", table.Table, TableModel.Entries.Length, TableModel.Entries.Length)
            .Node("Gather", ["table", "input_ids"], "own")
            .Node("DynamicQuantizeLinear", ["own"], ["whole", "scale", "zero"])
            .Node("DequantizeLinear", ["whole", "scale", "zero"], "logits")
            .Output("logits", "texts", "tokens", $"{TableModel.Entries.Length}"));
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(["apple", "fig", "apple"]);
        Assert.Equal(0.13, Math.Exp(vectors[0].WeightOf("apple")) - 1, 0.005);
        Assert.Equal(new[] { "apple", "fig", "apple" }.Select(encoder.Encode), vectors);
    }

    [Fact]
    public void Encode_WithPruning_KeepsTheHeaviest()
    {
        using ModelDirectory folder = new TableModel()
            .Set("apple", "apple", 2).Set("apple", "fig", 1).Set("apple", "egg", 0.1f).Folder();
        using OnnxSparseEncoder light = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { Pruning = new Pruning { MinWeight = 0.2f } });
        using OnnxSparseEncoder one = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { Pruning = new Pruning { MaxTerms = 1 } });
        Assert.Equal(["apple", "fig"], light.Encode("apple").Select(term => term.Term));
        Assert.Equal(["apple"], one.Encode("apple").Select(term => term.Term));
    }

    private static async Task AssertAsAlone(OnnxModel graph)
    {
        using ModelDirectory folder = TableModel.Folder(graph);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        string[] texts = ["apple", "bread", "apple bread"];
        Assert.NotEmpty(encoder.Encode("apple"));
        Assert.Equal(texts.Select(encoder.Encode), await encoder.EncodeAsync(texts));
    }

    // With the rows of the table as "own" and the number of texts as "count".
    private static OnnxModel Texts(TableModel table) => new OnnxModel().Input("input_ids").Input("attention_mask")
        .Constant("table", table.Table, TableModel.Entries.Length, TableModel.Entries.Length)
        .Constant("first", new long[] { 0 }).Node("Gather", ["table", "input_ids"], "own")
        .Node("Shape", ["input_ids"], "shape").Node("Gather", ["shape", "first"], "whole")
        .Node("Cast", ["whole"], "count", ("to", OnnxModel.FloatType));
}
