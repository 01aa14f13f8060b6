using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>The shapes that exports of one model come in: all give one vector.</summary>
public sealed class GraphShapesTests
{
    private const int Float16Type = 10, Padded = 16;

    private static readonly string[] Texts = ["apple breads", "fig", "An Apple, two BREADS", "bread apple fig egg date", ""];

    private static readonly string Width = $"{TableModel.Entries.Length}";

    private static TableModel Table => new TableModel().Set("apple", "apple", 2).Set("apple", "fig", 1)
        .Set("bread", "fig", 5).Set("fig", "[MASK]", 4).Set("##s", "date", 3).Set("[SEP]", "egg", 0.5f);

    /// <summary>Graphs of logits, each of another shape.</summary>
    public static TheoryData<string> Kinds =>
    [
        "whole numbers of 32 bits", "position_ids", "no attention_mask", "rows of 9 tokens", "one text at a time", "logits of 16 bits",
        "rows padded to 16 entries",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    [InlineData("pooled with a dimension of 1")]
    public async Task EncodeAsync_ExportOfTheSameModel_GivesTheSameVectors(string kind)
    {
        using ModelDirectory usual = Table.Folder(), other = TableModel.Folder(Export(kind));
        using OnnxSparseEncoder expected = OnnxSparseEncoder.Load(usual.Path), encoder = OnnxSparseEncoder.Load(other.Path);
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(Texts);
        for (int i = 0; i < Texts.Length; i++)
        {
            SparseVector due = expected.Encode(Texts[i]);
            Assert.Equal(due.Select(term => term.Term), vectors[i].Select(term => term.Term));
            foreach (SparseTerm term in due) Assert.Equal(term.Weight, vectors[i].WeightOf(term.Term), 1e-3);
            if (encoder.HasSpans) Assert.Equal(due.Select(term => term.Span), vectors[i].Select(term => term.Span));
        }
    }

    [Fact]
    public void Load_RowsOfOneLength_BoundTheTexts()
    {
        using ModelDirectory folder = TableModel.Folder(Export("rows of 9 tokens"));
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(9, encoder.Fingerprint.MaxTokens);
        Assert.Equal(["fig"], encoder.Encode("bread bread bread bread bread bread bread apple").Select(term => term.Term)
            .Except(["egg"]));
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(
            () => OnnxSparseEncoder.Load(folder.Path, new OnnxSparseEncoderOptions { MaxTokens = 10 }));
        Assert.Contains("its rows have 9 tokens, and texts of up to 10 were asked for", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expected any number of texts in a run, or one", "2", "tokens")]
    [InlineData("expected rows of 3 tokens or more", "texts", "1")]
    [InlineData("expected rows of 3 tokens or more", "texts", "2")]
    [InlineData("expected inputs of one shape", "texts", "8", "9")]
    [InlineData("expected 'input_ids' as Int32 or Int64", "texts")]
    public void Load_InputsThatAreNotServed_AreRefusedByName(string reason, params string[] dimensions)
    {
        OnnxModel graph = new OnnxModel().Input("input_ids", dimensions: dimensions.Length == 3 ? dimensions[..2] : dimensions)
            .Input("attention_mask", dimensions: dimensions.Length == 3 ? [dimensions[0], dimensions[2]] : dimensions)
            .Constant("table", Table.Table, 12, 12).Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "texts", "tokens", Width);
        using ModelDirectory folder = TableModel.Folder(graph);
        Assert.Contains(reason, Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RowsOfOneLengthWithoutAMask_AreRefused()
    {
        OnnxModel graph = new OnnxModel().Input("input_ids", dimensions: ["texts", "9"])
            .Constant("table", Table.Table, 12, 12).Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "texts", "9", Width);
        using ModelDirectory folder = TableModel.Folder(graph);
        Assert.Contains("padding would count",
            Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    // The probe's text, "##s", weighs too little to be kept, or nothing.
    [Theory]
    [InlineData(0.01f, "{}")]
    [InlineData(0.01f, """{"minWeight": 0.35}""")]
    [InlineData(-1, "{}")]
    public async Task EncodeAsync_GraphWhoseTextsDependOnTheirNeighbours_GivesWhatEachHasAlone(float logit, string splade)
    {
        TableModel table = new TableModel().Set("##s", "fig", logit).Set("apple", "fig", 1).Set("cheese", "fig", 1);
        using ModelDirectory folder = TableModel.Folder(TimesTokens(table)).With("splade.json", splade);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(["apple", "apple bread apple bread apple bread"]);
        Assert.Equal(Math.Log(1 + 3), vectors[0].WeightOf("fig"), 1e-5);
        Assert.False(encoder.RunsBatches);
    }

    // Each logit is multiplied by the tokens of the longest text of the batch.
    private static OnnxModel TimesTokens(TableModel table) => new OnnxModel().Input("input_ids").Input("attention_mask")
        .Constant("table", table.Table, 12, 12).Constant("second", new long[] { 1 })
        .Node("Shape", ["input_ids"], "shape").Node("Gather", ["shape", "second"], "tokens")
        .Node("Cast", ["tokens"], "times", ("to", OnnxModel.FloatType))
        .Node("Gather", ["table", "input_ids"], "own").Node("Mul", ["own", "times"], "logits").Output("logits", "texts", "tokens", Width);

    // What the probe sees is NaN, which says nothing about the texts that come.
    [Fact]
    public void Load_NoMaskAndAProbeThatFails_RunsOneTextAtATime()
    {
        OnnxModel graph = new TableModel { Inputs = ["input_ids"] }.Set("##s", "fig", float.NaN).Graph();
        using ModelDirectory folder = TableModel.Folder(graph);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.False(encoder.RunsBatches);
    }

    // Adds 0 for the positions 2 to 17, and infinity for the two before them.
    private static OnnxModel PositionsFromTwo() => new OnnxModel().Input("input_ids").Input("attention_mask").Input("position_ids")
        .Constant("table", Table.Table, 12, 12)
        .Constant("places", [float.PositiveInfinity, float.PositiveInfinity, .. new float[16]], 18, 1)
        .Node("Gather", ["places", "position_ids"], "offsets").Node("Gather", ["table", "input_ids"], "own")
        .Node("Add", ["own", "offsets"], "logits").Output("logits", "texts", "tokens", Width);

    [Theory]
    [InlineData("longformer", 18)]
    [InlineData("ibert", 18)]
    [InlineData("luke", 18)]
    [InlineData("nystromformer", 16)]
    public void Load_PositionsOfAFamilyThatBeginsAtTwo_Works(string family, int positions)
    {
        using ModelDirectory folder = TableModel.Folder(PositionsFromTwo()).With("config.json",
            $$"""{"model_type": "{{family}}", "pad_token_id": 1, "max_position_embeddings": {{positions}}}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(16, encoder.Fingerprint.MaxTokens);
        Assert.NotEmpty(encoder.Encode(string.Join(' ', Enumerable.Repeat("bread", 30))));
    }

    [Fact]
    public void Load_PositionsOfAFamilyThatNobodyNames_AreRefused()
    {
        using ModelDirectory folder = FamilyModel.Folder(FamilyModel.BytePairs, (graph, last) =>
        {
            graph.Input("position_ids");
            return last;
        });
        folder.AssertRefused("config.json", "'model_type' is missing, and the graph's 'position_ids' count from another number");
        folder.With("config.json", """{"model_type": "roberta"}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.NotEmpty(encoder.Encode("the cat"));
    }

    // Models that have rows for entries that their vocabulary doesn't.
    [Theory]
    [InlineData("""{"vocab_size": 31}""", true)]
    [InlineData("""{"vocab_size": 30}""", false)]
    [InlineData("{}", false)]
    public void Load_RowsAsWideAsConfigJsonSays_AreRead(string config, bool fits)
    {
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", PaddedTable(31), 12, 31).Node("Gather", ["table", "input_ids"], "logits").Output("logits", "texts", "tokens", "31");
        using ModelDirectory folder = TableModel.Folder(graph).With("config.json", config), usual = Table.Folder();
        if (!fits)
        {
            folder.AssertRefused("model.onnx", "its output 'logits' has 31 dimensions, and the vocabulary 12 entries");
            return;
        }

        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path), expected = OnnxSparseEncoder.Load(usual.Path);
        foreach (string text in Texts) Assert.Equal(expected.Encode(text), encoder.Encode(text));
    }

    [Fact]
    public void Load_MoreLogitsThanCanBeReadAtOnce_SaysWhatToDo()
    {
        using ModelDirectory folder = FamilyModel.Large(40_000);
        var options = new OnnxSparseEncoderOptions { MaxTokens = 13_422, BatchTokenBudget = 1_000_000 };
        string refused = Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path, options)).Message;
        Assert.Contains("a text of 13,422 tokens has 536,880,000 logits, and 536,870,911 can be read at once", refused, StringComparison.Ordinal);
        Assert.Contains("'splade model fuse' makes one", refused, StringComparison.Ordinal);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path, options with { MaxTokens = 13_421 });
        string text = string.Join(' ', Enumerable.Repeat("w7", 998));
        Assert.Equal([13, 7], encoder.BatchesOf([.. Enumerable.Repeat(text, 20)]).Select(batch => batch.Texts.Count));
    }

    [Fact]
    public void Load_RobertasPositions_BeginBehindThePadding()
    {
        using ModelDirectory folder = TableModel.Folder(PositionsFromTwo()).With("config.json",
            """{"model_type": "roberta", "pad_token_id": 1, "max_position_embeddings": 18}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(16, encoder.Fingerprint.MaxTokens);
        Assert.NotEmpty(encoder.Encode(string.Join(' ', Enumerable.Repeat("bread", 30))));
        Assert.Contains("'max_position_embeddings' is 18, 2 of them no token's, and texts of up to 17 tokens",
            Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(
                folder.Path, new OnnxSparseEncoderOptions { MaxTokens = 17 })).Message, StringComparison.Ordinal);
    }

    internal static OnnxModel Export(string kind) => kind switch
    {
        "whole numbers of 32 bits" => Logits(new OnnxModel().Input("input_ids", OnnxModel.Int32Type)
            .Input("attention_mask", OnnxModel.Int32Type).Input("token_type_ids", OnnxModel.Int32Type)),
        "position_ids" => Logits(new OnnxModel().Input("input_ids").Input("attention_mask").Input("position_ids")),
        "no attention_mask" => Logits(new OnnxModel().Input("input_ids")),
        "rows of 9 tokens" => Logits(new OnnxModel().Input("input_ids", dimensions: ["texts", "9"])
            .Input("attention_mask", dimensions: ["texts", "9"])),
        "one text at a time" => Logits(new OnnxModel().Input("input_ids", dimensions: ["1", "tokens"])
            .Input("attention_mask", dimensions: ["1", "tokens"])),
        "logits of 16 bits" => new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", Table.Table, 12, 12).Node("Gather", ["table", "input_ids"], "own")
            .Node("Cast", ["own"], "logits", ("to", Float16Type))
            .WholeOutput("logits", Float16Type, "texts", "tokens", Width),
        "rows padded to 16 entries" => new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", PaddedTable(Padded), 12, Padded).Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "texts", "tokens", $"{Padded}"),
        _ => PooledModel.Pool(Table, "pooled").Constant("first", new long[] { 1 }, 1)
            .Node("Unsqueeze", ["pooled", "first"], "logits").Output("logits", "texts", "1", Width),
    };

    private static OnnxModel Logits(OnnxModel graph) => graph.Constant("table", Table.Table, 12, 12)
        .Node("Gather", ["table", "input_ids"], "logits").Output("logits", "texts", "tokens", Width);

    // What stands for no entry is larger than all that do.
    private static float[] PaddedTable(int width)
    {
        float[] table = new float[12 * width];
        Array.Fill(table, 50);
        for (int row = 0; row < 12; row++) Table.Table.AsSpan(row * 12, 12).CopyTo(table.AsSpan(row * width));
        return table;
    }
}
