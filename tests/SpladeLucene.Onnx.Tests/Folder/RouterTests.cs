using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Folders of sentence-transformers whose queries go another way than their documents.</summary>
public sealed class RouterTests
{
    private const string Static = "query_0_SparseStaticEmbedding";

    private const string Modules = """[{"path": "", "type": "sentence_transformers.models.Router.Router"}]""";

    private const string Router = """
        {"types": {"query_0_SparseStaticEmbedding": "x.SparseStaticEmbedding.SparseStaticEmbedding",
          "document_0_MLMTransformer": "x.MLMTransformer", "document_1_SpladePooling": "x.SpladePooling"},
         "structure": {"query": ["query_0_SparseStaticEmbedding"],
          "document": ["document_0_MLMTransformer", "document_1_SpladePooling"]},
         "parameters": {"default_route": "document", "allow_empty_key": true}}
        """;

    private static readonly float[] Weights = [1, 7, 1, 1, 0, 1.5f, 2, 0.5f, 0, 0, 0.25f];

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("onnx/model.onnx")]
    [InlineData("document_0_MLMTransformer/onnx/model.onnx")]
    public void EncodeQuery_SparseStaticEmbedding_WeighsByTheTable(string graph)
    {
        using ModelDirectory folder = Folder(graph: graph);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using InferenceFreeQueryEncoder queries = InferenceFreeQueryEncoder.Load(folder.Path);
        Assert.Equal("max-log1p-log1p-relu", encoder.Fingerprint.Head);
        Assert.Equal(6, encoder.Fingerprint.MaxTokens);
        Assert.Equal(Math.Log(1 + Math.Log(3)), encoder.Encode("apple").WeightOf("fig"), 1e-5);
        SparseTerm[] expected =
        [
            new("##s", 0.25f, new SourceSpan(11, 12)), new("apple", 1.5f, new SourceSpan(0, 5)),
            new("bread", 2, new SourceSpan(6, 11)),
        ];
        Assert.Equal(expected, encoder.EncodeQuery("apple breads apple fig quince"));
        Assert.Equal(expected, queries.Encode("apple breads apple fig quince"));
        Assert.True(encoder.Fingerprint.Matches(queries.Fingerprint));
        // Without tokens around it a query has room for all six.
        Assert.Equal(["cheese"], encoder.EncodeQuery("fig fig fig fig fig cheese apple").Select(term => term.Term));
        encoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => encoder.EncodeQuery("apple"));
    }

    [Fact]
    public void EncodeQuery_PruningOfTheDocuments_LeavesTheTableAlone()
    {
        using ModelDirectory folder = Folder().With("splade.json", """{"minWeight": 1}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        folder.With("splade.json", """{"minWeight": 1, "queryMaxTerms": 1}""");
        using OnnxSparseEncoder pruned = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["apple", "cheese"], encoder.EncodeQuery("apple cheese").Select(term => term.Term));
        Assert.Equal(["apple"], pruned.EncodeQuery("apple cheese").Select(term => term.Term));
    }

    [Fact]
    public void EncodeQuery_WhatSpladeJsonSaysOfQueries_CountsWhicheverEncoderIsAsked()
    {
        using ModelDirectory folder = Folder().With("splade.json", """
            {"minWeight": 1, "queryMaxTerms": 2, "queryMinWeight": 0.3, "queryIdfExponent": 0.5, "floorShare": 0.4, "fusionWeight": 0.1}
            """);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using InferenceFreeQueryEncoder queries = InferenceFreeQueryEncoder.Load(folder.Path),
            table = InferenceFreeQueryEncoder.LoadTable(folder.Path, encoder.Fingerprint);
        Assert.All([encoder, queries, table], (ISparseEncoder each) =>
        {
            Assert.Equal(["apple", "bread"], each.EncodeQuery("apple breads cheese").Select(term => term.Term));
            Assert.Equal((0.5f, 0.4f, 0.1f), (each.QueryIdfExponent, each.FloorShare, each.FusionWeight));
        });
    }

    [Theory]
    [InlineData(null, "apple bread")]
    [InlineData(3, "apple")]
    public void EncodeQuery_LengthThatTheOptionsSay_CountsWhicheverEncoderIsAsked(int? most, string seen)
    {
        var options = new OnnxSparseEncoderOptions { MaxTokens = 4, MaxQueryTokens = most };
        using ModelDirectory folder = Folder().With($"{Static}/tokenizer_config.json", """{"model_max_length": 5}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path, options);
        using InferenceFreeQueryEncoder queries = InferenceFreeQueryEncoder.Load(folder.Path, options);
        Assert.All([encoder, queries], (ISparseEncoder each) => Assert.Equal(
            seen.Split(' '), each.EncodeQuery("fig fig apple fig bread cheese").Select(term => term.Term)));
    }

    [Fact]
    public void EncodeQuery_HalvesAndIdfFile_AreTheSameTable()
    {
        using ModelDirectory halves = Folder(table: Tensor("F16", MemoryMarshal.AsBytes(
            Array.ConvertAll(Weights, weight => (Half)weight).AsSpan()), Weights.Length));
        using ModelDirectory idf = Folder().With($"{Static}/config.json", """{"frozen": true, "path": "idf.json"}""")
            .With($"{Static}/idf.json", """{"apple": 1.5, "bread": 2, "##s": 0.25, "cheese": 0.5, "[UNK]": 7}""");
        using ModelDirectory plain = Folder();
        SparseVector[] vectors = [.. new[] { plain, halves, idf }.Select(folder =>
        {
            using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
            return encoder.EncodeQuery("apple breads cheese");
        })];
        Assert.Equal(4, vectors[0].Count);
        Assert.All(vectors, vector => Assert.Equal(vectors[0], vector));
    }

    [Fact]
    public void EncodeQuery_SameModulesForBoth_IsTheModel()
    {
        using ModelDirectory folder = Folder(router: Router.Replace(
            """["query_0_SparseStaticEmbedding"]""", """["document_0_MLMTransformer", "document_1_SpladePooling"]""",
            StringComparison.Ordinal));
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(encoder.Encode("apple"), encoder.EncodeQuery("apple"));
    }

    [Theory]
    [InlineData("\"x.SpladePooling\"", "\"x.Pooling\"", "'structure.document' is [")]
    [InlineData("\"x.MLMTransformer\"", "\"x.StaticEmbedding\"", "'structure.document' is [")]
    [InlineData("x.SparseStaticEmbedding.SparseStaticEmbedding", "x.SparseAutoEncoder", "'structure.query' is [")]
    [InlineData("\"query\":", "\"question\":", "'structure.query' is missing")]
    [InlineData("\"types\"", "\"kinds\"", "'types' is missing; expected the type of each module")]
    [InlineData("_1_SpladePooling", "/../1_SpladePooling", "expected names of folders in this one")]
    public void Load_RouterThatIsNotDone_IsRefusedByName(string part, string other, string reason)
    {
        using ModelDirectory folder = Folder(router: Router.Replace(part, other, StringComparison.Ordinal));
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path));
        Assert.Equal(folder.PathOf("router_config.json"), thrown.Path);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F32", -1.5f, 12, "the weight of the id 5 is -1.5; expected weights of 0 or more")]
    [InlineData("F32", float.NaN, 12, "the weight of the id 5 is NaN")]
    [InlineData("I64", 1f, 12, "its tensor 'weight' is {")]
    [InlineData("F32", 1f, 13, "it weighs 13 tokens, and the vocabulary has 12 entries")]
    public void Load_TableThatIsWrong_IsRefusedByName(string type, float apple, int count, string reason)
    {
        using var culture = new DecimalCommas();
        float[] weights = new float[count];
        weights[5] = apple;
        using ModelDirectory folder = Folder(table: Tensor(type, MemoryMarshal.AsBytes(weights.AsSpan()), count));
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path));
        Assert.Equal(folder.PathOf($"{Static}/model.safetensors"), thrown.Path);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F\u00e6", "is not UTF-8")]
    [InlineData("\\ud800", "expected text")]
    public void Load_HeaderOfATableThatIsNoText_IsRefusedByName(string type, string reason)
    {
        byte[] table = Tensor(type, MemoryMarshal.AsBytes(Weights.AsSpan()), Weights.Length);
        // Half of the letter's two bytes is none.
        int half = Array.IndexOf(table, (byte)0xC3);
        if (half >= 0) table[half] = 0xE6;
        using ModelDirectory folder = Folder(table: table);
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path));
        Assert.Equal(folder.PathOf($"{Static}/model.safetensors"), thrown.Path);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    // What it says of its own size is compared with what is there before memory is taken for it.
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData((1 << 20) + 1)]
    public void Load_HeaderOfATableThatSaysToBeLonger_IsRefusedByName(long length)
    {
        byte[] table = [.. Tensor("F32", MemoryMarshal.AsBytes(Weights.AsSpan()), Weights.Length), .. new byte[2 << 20]];
        BinaryPrimitives.WriteInt64LittleEndian(table, length);
        using ModelDirectory folder = Folder(table: table);
        Assert.Contains("the header cannot be read",
            Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TableThatIsCutOrMissing_IsRefusedByName()
    {
        byte[] whole = Tensor("F32", MemoryMarshal.AsBytes(Weights.AsSpan()), Weights.Length);
        for (int length = 0; length < whole.Length; length++)
        {
            using ModelDirectory cut = Folder(table: whole[..length]);
            Assert.Equal(cut.PathOf($"{Static}/model.safetensors"),
                Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(cut.Path)).Path);
        }

        using ModelDirectory folder = Folder().With($"{Static}/pytorch_model.bin", "x");
        File.Delete(folder.PathOf($"{Static}/model.safetensors"));
        Assert.Contains("expected the weights of pytorch_model.bin as safetensors",
            Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "apple bread cheese")]
    [InlineData("""{"model_max_length": 4}""", "apple")]
    [InlineData("""{"model_max_length": 5}""", "apple bread")]
    [InlineData("""{"model_max_length": 1000000000000000019884624838656}""", "apple bread cheese")]
    public void EncodeQuery_LengthOfTheTablesOwnTokenizer_CountsBeforeTheDocuments(string config, string seen)
    {
        using ModelDirectory folder = Folder().With($"{Static}/tokenizer_config.json", config);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using InferenceFreeQueryEncoder queries = InferenceFreeQueryEncoder.Load(folder.Path);
        using InferenceFreeQueryEncoder table = InferenceFreeQueryEncoder.LoadTable(folder.Path, encoder.Fingerprint);
        const string Text = "fig fig fig apple bread cheese ##s";
        foreach (SparseVector query in new[] { encoder.EncodeQuery(Text), queries.Encode(Text), table.Encode(Text) })
            Assert.Equal(seen.Split(' '), query.Select(term => term.Term));
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.txt")]
    public void Load_AnotherTokenizerForQueries_IsRefused(string name)
    {
        using ModelDirectory folder = Folder().WithCopy(
            $"{Static}/{name}", name == "vocab.txt" ? SmallTokenizer.VocabularyPath : SmallTokenizer.JsonPath);
        Assert.Contains("it is another tokenizer than the documents'",
            Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static ModelDirectory Folder(string graph = "model.onnx", string? router = null, byte[]? table = null) =>
        new ModelDirectory().With("modules.json", Modules).With("router_config.json", router ?? Router)
            .With(graph, new TableModel().Set("apple", "fig", 2).Set("apple", "apple", 3).Set("cheese", "fig", 1).Graph().ToArray())
            .With("document_0_MLMTransformer/vocab.txt", string.Join('\n', TableModel.Entries) + "\n")
            .With("document_0_MLMTransformer/sentence_bert_config.json", """{"max_seq_length": 6}""")
            .With("document_1_SpladePooling/config.json", """{"pooling_strategy": "max", "activation_function": "log1p_relu"}""")
            .With($"{Static}/config.json", """{"frozen": false}""")
            .With($"{Static}/model.safetensors",
                table ?? Tensor("F32", MemoryMarshal.AsBytes(Weights.AsSpan()), Weights.Length));

    private static byte[] Tensor(string type, ReadOnlySpan<byte> numbers, int count)
    {
        byte[] header = Encoding.UTF8.GetBytes(
            $$"""{"weight": {"dtype": "{{type}}", "shape": [{{count}}], "data_offsets": [0, {{numbers.Length}}]} }""");
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. numbers];
    }
}
