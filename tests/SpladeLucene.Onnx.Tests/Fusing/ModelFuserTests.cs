using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests.Fusing;

public sealed class ModelFuserTests
{
    private static readonly string[] Texts =
    [
        "the index of the library", "", "dogs", "Привет мир, the cats don't know 東京都 where lists are kept",
        string.Join(' ', Enumerable.Repeat("theory then there 42 420 cat cats catalog dogs naïve café", 20)),
    ];

    [Theory]
    [InlineData(FamilyModel.WordPiece, "max", "log1p_relu", 17)]
    [InlineData(FamilyModel.WordPiece, "sum", "log1p_relu", 11)]
    [InlineData(FamilyModel.BytePairs, "max", "log1p_log1p_relu", 17)]
    [InlineData(FamilyModel.BytePairs, "max", "log1p_relu", 18)]
    [InlineData(FamilyModel.Unigram, "max", "log1p_relu", 13)]
    [InlineData(FamilyModel.Unigram, "sum", "log1p_log1p_relu", 17)]
    public async Task Fuse_ModelOfEachFamily_GivesTheSameVectorsWithTheirSpans(
        string family, string pooling, string activation, int operators)
    {
        using ModelDirectory folder = FamilyModel.Folder(family, operators: operators)
            .With("splade.json", $$"""{"pooling": "{{pooling}}", "activation": "{{activation}}"}""");
        await AssertSame(folder, tokensAtATime: 3);
        await AssertSame(folder, tokensAtATime: null);
    }

    [Theory]
    [MemberData(nameof(GraphShapesTests.Kinds), MemberType = typeof(GraphShapesTests))]
    public async Task Fuse_GraphOfEachShape_GivesTheSameVectors(string kind)
    {
        using ModelDirectory folder = TableModel.Folder(GraphShapesTests.Export(kind));
        await AssertSame(folder, tokensAtATime: 2, "apple breads", "fig", "An Apple, two BREADS", "bread apple fig egg date", "");
    }

    [Fact]
    public void Fuse_LogitsThatAreNaNOrInfinite_AreRejectedAsBefore()
    {
        TableModel table = new TableModel().Set("apple", "fig", float.NaN).Set("bread", "fig", float.PositiveInfinity)
            .Set("cheese", "fig", float.NegativeInfinity).Set("cheese", "egg", 1);
        using ModelDirectory folder = table.Folder(), parent = new();
        string fused = parent.PathOf("fused");
        Assert.Throws<ModelLoadException>(() => ModelFuser.Fuse(folder.Path, fused));
        table = new TableModel().Set("apple", "fig", 100).Set("bread", "fig", 100).Set("cheese", "egg", 1);
        using ModelDirectory sound = table.Folder();
        ModelFuser.Fuse(sound.Path, fused, null, tokensAtATime: 2);
        byte[] graph = File.ReadAllBytes(Path.Combine(fused, "model.onnx"));
        Replace(graph, 100, float.NaN);
        File.WriteAllBytes(Path.Combine(fused, "model.onnx"), graph);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(fused);
        Assert.Throws<SparseEncodingException>(() => encoder.Encode("cheese cheese apple cheese"));
        // Padding, whose logits are NaN too now, never counts.
        Assert.Equal(["egg"], encoder.Encode("cheese").Select(term => term.Term));
    }

    [Fact]
    public void Fuse_Folder_CopiesWhatIsReadAndNothingElse()
    {
        using ModelDirectory folder = FamilyModel.Folder(FamilyModel.WordPiece).With("config.json", "{}").With("model.safetensors", "x")
            .With("onnx/model_quantized.onnx", "x").With("1_SpladePooling/config.json", """{"pooling_strategy": "sum"}""")
            .With(".git/HEAD", "x"), parent = new();
        FusedModel fused = ModelFuser.Fuse(folder.Path, parent.PathOf("fused"));
        Assert.Equal(["1_SpladePooling/config.json", "config.json", "model.onnx", "tokenizer.json"], Directory
            .EnumerateFiles(parent.PathOf("fused"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(parent.PathOf("fused"), file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.InRange(fused.LargestDifference, 0, ModelFuser.Tolerance);
        Assert.Equal(10, fused.Samples);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(parent.PathOf("fused"));
        Assert.Equal("sum-log1p-relu", encoder.Fingerprint.Head);
        Assert.Single(Directory.EnumerateFileSystemEntries(parent.Path));
    }

    [Fact]
    public void Fuse_MoreLogitsThanCanBeReadAtOnce_MakesAModelThatLoads()
    {
        using ModelDirectory folder = FamilyModel.Large(40_000).With("splade.json", """{"maxTokens": 13422}"""), parent = new();
        folder.AssertRefused("model.onnx", "a text of 13,422 tokens has 536,880,000 logits");
        ModelFuser.Fuse(folder.Path, parent.PathOf("fused"), null, tokensAtATime: 8);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(parent.PathOf("fused"));
        Assert.Equal(13_422, encoder.Fingerprint.MaxTokens);
    }

    [Fact]
    public void Fuse_IntoAFolderOfTheModel_CopiesTheModelAlone()
    {
        using ModelDirectory folder = FamilyModel.Folder(FamilyModel.WordPiece).With("config.json", "{}");
        ModelFuser.Fuse(folder.Path, folder.PathOf("fused"));
        Assert.Equal(["config.json", "model.onnx", "tokenizer.json"], Directory
            .EnumerateFileSystemEntries(folder.PathOf("fused")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fuse_GraphWithWeightsInAnotherFile_TakesThemAlong()
    {
        float[] numbers = [.. Enumerable.Range(0, 144).Select(i => (i % 7) - 3f)];
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask").External("table", "weights.bin", 12, 12)
            .Node("Gather", ["table", "input_ids"], "logits").Output("logits", "texts", "tokens", "12");
        using ModelDirectory folder = TableModel.Folder(graph)
            .With("weights.bin", System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
        await AssertSame(folder, tokensAtATime: 2, "apple bread cheese", "egg figs");
    }

    [Theory]
    [InlineData("Softmax", "a Softmax over 'sums' stands before 'logits'; expected logits that are made of each token by itself")]
    [InlineData("CumSum", "a CumSum over 'sums' stands before 'logits'")]
    [InlineData("Own", "a Mul over 'sums' and 'sums' stands before 'logits'")]
    public void Fuse_LogitsThatAreMadeInAnotherWay_AreRefusedByName(string kind, string reason)
    {
        using ModelDirectory folder = FamilyModel.Folder(FamilyModel.WordPiece, (graph, last) =>
        {
            if (kind == "CumSum") graph.Constant("axis", new long[] { 1 }).Node("CumSum", [last, "axis"], "last");
            else if (kind == "Own") graph.Node("Mul", [last, last], "last");
            else graph.Node(kind, [last], "last");
            return "last";
        });
        AssertRefused(folder, reason);
    }

    [Fact]
    public void Fuse_GraphThatNeedsNone_IsRefused()
    {
        using ModelDirectory pooled = PooledModel.Folder(new TableModel().Set("apple", "fig", 2));
        AssertRefused(pooled, "its output 'weights' needs no pooling; expected a graph that puts logits out");
        using ModelDirectory old = FamilyModel.Folder(FamilyModel.WordPiece, operators: 10);
        AssertRefused(old, "it is of operator set 10; expected 11 or newer");
        using ModelDirectory named = FamilyModel.Folder(FamilyModel.WordPiece, (graph, last) =>
        {
            graph.Node("Identity", [last], "weights");
            return "weights";
        });
        AssertRefused(named, "a tensor is called 'weights' already");
    }

    // Each place in the sequence adds something else: pooled part by part, it would add that of the part's beginning.
    [Fact]
    public void Fuse_GraphThatAddsByPosition_IsRefusedOnTheSamples()
    {
        using ModelDirectory folder = TableModel.Folder(new OnnxModel().Input("input_ids", dimensions: ["texts", "8"])
            .Input("attention_mask", dimensions: ["texts", "8"]).Constant("table", new TableModel().Set("apple", "apple", 1).Table, 12, 12)
            .Constant("places", [0, 1, 2, 3, 4, 5, 6, 7], 8, 1).Node("Gather", ["table", "input_ids"], "own")
            .Node("Add", ["own", "places"], "logits").Output("logits", "texts", "8", "12")), parent = new();
        Exception refused = Assert.ThrowsAny<Exception>(
            () => ModelFuser.Fuse(folder.Path, parent.PathOf("fused"), null, tokensAtATime: 4));
        Assert.True(refused is ModelLoadException or SparseEncodingException, refused.ToString());
        Assert.Empty(Directory.EnumerateFileSystemEntries(parent.Path));
    }

    // Processes of two containers have one id.
    [Fact]
    public void Fuse_WhatAnotherProcessOfTheSameIdMakes_IsLeftAlone()
    {
        using ModelDirectory folder = FamilyModel.Folder(FamilyModel.WordPiece), parent = new();
        string others = $"fused.fusing-{Environment.ProcessId}/tokenizer.json";
        parent.With(others, "x");
        ModelFuser.Fuse(folder.Path, parent.PathOf("fused"));
        Assert.Equal("x", File.ReadAllText(parent.PathOf(others)));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(parent.Path).Count());
    }

    [Fact]
    public void Fuse_TargetThatIsThere_IsLeftAlone()
    {
        using ModelDirectory folder = FamilyModel.Folder(FamilyModel.WordPiece), target = new ModelDirectory().With("mine.txt", "x");
        Assert.Contains("is there already", Assert.Throws<IOException>(() => ModelFuser.Fuse(folder.Path, target.Path)).Message,
            StringComparison.Ordinal);
        Assert.Equal("x", File.ReadAllText(target.PathOf("mine.txt")));
    }

    private static async Task AssertSame(ModelDirectory folder, int? tokensAtATime, params string[] texts)
    {
        if (texts.Length == 0) texts = Texts;
        using var parent = new ModelDirectory();
        string target = parent.PathOf("fused");
        FusedModel fused = ModelFuser.Fuse(folder.Path, target, null, tokensAtATime);
        Assert.Equal(tokensAtATime ?? 512, fused.TokensAtATime);
        using OnnxSparseEncoder original = OnnxSparseEncoder.Load(folder.Path), copy = OnnxSparseEncoder.Load(target);
        Assert.True(copy.HasSpans);
        Assert.Equal(original.Fingerprint.Head, copy.Fingerprint.Head);
        IReadOnlyList<SparseVector> due = await original.EncodeAsync(texts), vectors = await copy.EncodeAsync(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            foreach (SparseTerm term in due[i].Concat(vectors[i]))
            {
                Assert.Equal(
                    due[i].WeightOf(term.Term), vectors[i].WeightOf(term.Term), ModelFuser.Tolerance * Math.Max(1, term.Weight));
            }

            Assert.Equal(due[i].Select(term => (term.Term, term.Span)), vectors[i].Select(term => (term.Term, term.Span)));
        }
    }

    private static void AssertRefused(ModelDirectory folder, string reason)
    {
        using var parent = new ModelDirectory();
        ModelLoadException refused = Assert.Throws<ModelLoadException>(() => ModelFuser.Fuse(folder.Path, parent.PathOf("fused")));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(parent.Path));
    }

    private static void Replace(byte[] graph, float number, float other)
    {
        for (int i = 0; i + 4 <= graph.Length; i++)
        {
            if (BitConverter.ToSingle(graph, i) == number) BitConverter.GetBytes(other).CopyTo(graph, i);
        }
    }
}
