using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Where the number of tokens that a model sees comes from, and where it cannot be.</summary>
public sealed class TokenLimitTests
{
    private static readonly string Width = $"{TableModel.Entries.Length}";

    [Theory]
    [InlineData(null, null, 512)]
    [InlineData(null, 128, 128)]
    [InlineData(64, 128, 64)]
    public void Load_LimitsOfTokens_SpladeJsonBeforeConfigBeforeDefault(int? splade, int? positions, int expected)
    {
        using ModelDirectory folder = new TableModel().Folder();
        if (splade is not null) folder.With("splade.json", $$"""{"maxTokens": {{splade}}}""");
        if (positions is not null) folder.With("config.json", $$"""{"max_position_embeddings": {{positions}}}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(expected, encoder.Fingerprint.MaxTokens);
        Assert.StartsWith("splade-test-model-", encoder.Fingerprint.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreTokensThanPositions_IsRefused()
    {
        using ModelDirectory folder = new TableModel().Folder()
            .With("config.json", """{"max_position_embeddings": 16}""");
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(
            () => OnnxSparseEncoder.Load(folder.Path, new OnnxSparseEncoderOptions { MaxTokens = 17 }));
        Assert.Contains(
            "'max_position_embeddings' is 16, and texts of up to 17 tokens", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(2)]
    public void Load_TooFewPositions_IsRefused(int positions)
    {
        using ModelDirectory folder = new TableModel().Folder()
            .With("config.json", $$"""{"max_position_embeddings": {{positions}}}""");
        folder.AssertRefused("config.json", $"'max_position_embeddings' is {positions}; expected 3 or more");
    }

    [Fact]
    public void Load_GraphWithFewerPositionsThanItsFolderSays_IsRefusedWithWhatToSet()
    {
        using ModelDirectory folder = Positions(16);
        folder.AssertRefused("model.onnx", "one of 512 tokens fails");
        folder.AssertRefused("model.onnx", "'maxTokens' in splade.json");
        folder.With("splade.json", """{"maxTokens": 16}""");
        using OnnxSparseEncoder cut = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], cut.Encode(string.Join(' ', Enumerable.Repeat("fig", 99))).Select(term => term.Term));
        folder.With("splade.json", """{"windowTokens": 16}""");
        using OnnxSparseEncoder windows = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], windows.Encode(string.Join(' ', Enumerable.Repeat("fig", 99))).Select(term => term.Term));
    }

    // Logits of so many tokens over so many entries would take more than loading tries.
    [Theory]
    [InlineData(511, false)]
    [InlineData(512, true)]
    public void Load_PositionsOfAGraphThatPutsNoLogitsOut_AreTriedWhateverTheVocabulary(int positions, bool loads)
    {
        const int Entries = 40_000;
        using ModelDirectory folder = FamilyModel.Large(Entries).With("model.onnx", Positions("sparse", positions, new float[Entries], Entries, 1)
            .Output("sparse", "texts", "tokens", "1").ToArray());
        if (loads) OnnxSparseEncoder.Load(folder.Path).Dispose();
        else folder.AssertRefused("model.onnx", "one of 512 tokens fails");
    }

    private static ModelDirectory Positions(int count) => TableModel.Folder(
        Positions("logits", count, new TableModel().Set("fig", "egg", 1).Table, 12, 12).Output("logits", "texts", "tokens", Width));

    // Adds 0 from a table of so many positions.
    private static OnnxModel Positions(string output, int count, float[] table, params long[] shape) => new OnnxModel()
        .Input("input_ids").Input("attention_mask")
        .Constant("table", table, shape)
        .Constant("positions", new float[count], count, 1)
        .Constant("zero", new long[] { 0 }).Constant("one", new long[] { 1 })
        .Node("Shape", ["input_ids"], "shape").Node("Gather", ["shape", "one"], "tokens")
        .Node("Range", ["zero", "tokens", "one"], "places")
        .Node("Gather", ["positions", "places"], "offsets")
        .Node("Gather", ["table", "input_ids"], "own").Node("Add", ["own", "offsets"], output);

    [Fact]
    public void MaxTokens_UnderTheFoldersWindows_SaysWhatWasSetAndWhatTheFileHas()
    {
        using ModelDirectory folder = new TableModel().Folder().With("splade.json", """{"windowTokens": 12}""");

        string refusal = Assert.Throws<ModelLoadException>(
            () => OnnxSparseEncoder.Load(folder.Path, new OnnxSparseEncoderOptions { MaxTokens = 8 })).Message;

        Assert.Contains("splade.json has windows of 12 tokens, and MaxTokens was set to 8", refusal, StringComparison.Ordinal);
    }
}
