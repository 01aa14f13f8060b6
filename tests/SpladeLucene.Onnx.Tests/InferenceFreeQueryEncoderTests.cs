using System.Text.Json;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

public sealed class InferenceFreeQueryEncoderTests
{
    private const string Table = """{"apple": 1.5, "bread": 2, "##s": 0.25, "egg": 0, "[UNK]": 7, "[CLS]": 1}""";

    [Fact]
    public void Encode_Query_WeighsEachDistinctTokenOnce()
    {
        using ModelDirectory folder = Folder(Table);
        using InferenceFreeQueryEncoder encoder = InferenceFreeQueryEncoder.Load(folder.Path);
        SparseVector vector = encoder.Encode("An Apple, two BREADS: apple egg fig");
        Assert.Equal(
            [
                new SparseTerm("##s", 0.25f, new SourceSpan(19, 20)),
                new SparseTerm("apple", 1.5f, new SourceSpan(3, 8)),
                new SparseTerm("bread", 2, new SourceSpan(14, 19)),
            ],
            vector);
        Assert.Same(SparseVector.Empty, encoder.Encode(""));
        Assert.Same(SparseVector.Empty, encoder.Encode("quince [CLS]"));
    }

    [Fact]
    public void Encode_QueryTermSaturation_WeighsRepeatedWordsMore()
    {
        using ModelDirectory folder = Folder(Table).With("splade.json", """{"queryTermSaturation": 1}""");
        using OnnxSparseEncoder documents = OnnxSparseEncoder.Load(folder.Path);
        using InferenceFreeQueryEncoder encoder = InferenceFreeQueryEncoder.Load(folder.Path),
            table = InferenceFreeQueryEncoder.LoadTable(folder.Path, documents.Fingerprint),
            once = InferenceFreeQueryEncoder.Load(folder.Path, new OnnxSparseEncoderOptions { QueryTermSaturation = 0 });
        Assert.Equal([("apple", 2.25f), ("bread", 2f)], Weights(encoder));
        Assert.Equal(Weights(encoder), Weights(table));
        Assert.Equal([("apple", 1.5f), ("bread", 2f)], Weights(once));

        static IEnumerable<(string, float)> Weights(InferenceFreeQueryEncoder queries) =>
            queries.Encode("apple bread apple apple").Select(term => (term.Term, term.Weight));
    }

    [Fact]
    public async Task EncodeAsync_Texts_ComeInTheirOrder()
    {
        using ModelDirectory folder = Folder(Table);
        using InferenceFreeQueryEncoder encoder = InferenceFreeQueryEncoder.Load(folder.Path);
        string[] texts = ["bread", "", "apple bread"];
        Assert.Equal(texts.Select(encoder.Encode), await encoder.EncodeAsync(texts));
        await Assert.ThrowsAsync<ArgumentException>(() => encoder.EncodeAsync(["apple", null!]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => encoder.EncodeAsync(texts, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Encode_Disposed_IsRefused()
    {
        using ModelDirectory folder = Folder(Table);
        InferenceFreeQueryEncoder encoder = InferenceFreeQueryEncoder.Load(folder.Path);
        encoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => encoder.Encode("apple"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => encoder.EncodeAsync(["apple"]));
    }

    [Fact]
    public void Fingerprint_OfOneFolder_IsThatOfItsDocuments()
    {
        using ModelDirectory folder = Folder(Table).With("splade.json", """
            {"name": "tiny", "pooling": "sum", "minWeight": 0.1, "windowTokens": 9, "lengthExponent": 0.5}
            """);
        using OnnxSparseEncoder documents = OnnxSparseEncoder.Load(folder.Path);
        using InferenceFreeQueryEncoder queries = InferenceFreeQueryEncoder.Load(folder.Path);
        Assert.Equal(documents.Fingerprint, queries.Fingerprint);
        Assert.True(queries.Fingerprint.Matches(documents.Fingerprint));
        Assert.Equal(1.5f, queries.Encode("apple").WeightOf("apple"));
    }

    // They were chosen for the queries that the model encodes.
    [Fact]
    public void Load_WhatSpladeJsonSaysOfQueries_LeavesIdfAlone()
    {
        using ModelDirectory folder = Folder(Table).With("splade.json",
            """{"queryMaxTerms": 1, "queryMinWeight": 9, "queryIdfExponent": 0.5, "floorShare": 0.4, "fusionWeight": 0.1}""");
        using OnnxSparseEncoder documents = OnnxSparseEncoder.Load(folder.Path);
        using InferenceFreeQueryEncoder queries = InferenceFreeQueryEncoder.Load(folder.Path),
            table = InferenceFreeQueryEncoder.LoadTable(folder.Path, documents.Fingerprint);
        Assert.All([queries, table], (ISparseEncoder each) =>
        {
            Assert.Equal(["apple", "bread"], each.EncodeQuery("apple bread").Select(term => term.Term));
            Assert.Equal((0f, 0f, null), (each.QueryIdfExponent, each.FloorShare, each.FusionWeight));
        });
        Assert.Contains("for which splade.json's settings of queries don't count", ModelReport.Of(folder.Path).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhatTheOptionsSayOfQueries_Counts()
    {
        using ModelDirectory folder = Folder(Table);
        using ISparseEncoder queries = InferenceFreeQueryEncoder.Load(folder.Path, new OnnxSparseEncoderOptions
        {
            Pruning = new Pruning { MinWeight = 9 }, MaxQueryTokens = 5, QueryIdfExponent = 0.5f, FloorShare = 0.4f, FusionWeight = 0.1f,
            Adjust = own => own with { QueryPruning = own.QueryPruning with { MaxTerms = 1 } },
        });
        Assert.Equal(["bread"], queries.EncodeQuery("apple bread").Select(term => term.Term));
        Assert.Equal(["apple"], queries.EncodeQuery("apple apple apple bread").Select(term => term.Term));
        Assert.Equal((0.5f, 0.4f, 0.1f), (queries.QueryIdfExponent, queries.FloorShare, queries.FusionWeight));
    }

    [Theory]
    [InlineData("""{"apple": NaN}""", "not JSON to its end")]
    [InlineData("""{"apple": 1""", "not JSON to its end")]
    [InlineData("""["apple"]""", "expected an object")]
    [InlineData("{}", "it has no entries")]
    [InlineData("""{"bread": 1, "apple": -0.5}""", "'apple' is -0.5; expected a weight of 0 or more")]
    [InlineData("""{"bread": 1, "apple": 1e99}""", "'apple' is 1e99; expected a weight of 0 or more")]
    [InlineData("""{"apple": "heavy"}""", "'apple' is \"heavy\"; expected a weight of 0 or more")]
    [InlineData("""{"apple": null}""", "'apple' is null; expected a weight of 0 or more")]
    [InlineData("""{"apple": 1, "quince": 2, "medlar": 1}""",
        "2 of its 3 entries are not in the vocabulary, 'quince' for one; expected the table of this vocabulary")]
    [InlineData("""{"apple": 1, "quince": -2}""", "'quince' is -2; expected a weight of 0 or more")]
    [InlineData("""{"apple": 1, "apple": 2}""", "the entry 'apple' stands twice")]
    public void Load_IdfThatIsWrong_IsRefusedByFileAndEntry(string json, string reason)
    {
        using ModelDirectory folder = Folder(json);
        ModelLoadException thrown =
            Assert.Throws<ModelLoadException>(() => InferenceFreeQueryEncoder.Load(folder.Path));
        Assert.Equal(folder.PathOf("idf.json"), thrown.Path);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EntriesThatTheVocabularyLacks_AreCounted()
    {
        using ModelDirectory folder = Folder("""{"apple": 1, "bread": 2, "quince": 2}""");
        using InferenceFreeQueryEncoder encoder = InferenceFreeQueryEncoder.Load(folder.Path);
        Assert.Equal(1, encoder.UnknownEntries);
        Assert.Equal(["apple"], encoder.Encode("apple quince").Select(term => term.Term));
    }

    [Fact]
    public void Load_WithoutIdf_IsRefusedByName()
    {
        using ModelDirectory folder = new TableModel().Folder();
        Assert.Equal(folder.PathOf("idf.json"),
            Assert.Throws<ModelLoadException>(() => InferenceFreeQueryEncoder.Load(folder.Path)).Path);
    }

    [DataFact]
    public void Encode_GoldenQueries_GivesTheGoldenWeights()
    {
        using ModelDirectory folder = new TableModel().Folder()
            .WithCopy("idf.json", TestData.PathOf("query-idf", "opensearch-idf.json"));
        File.Copy(TestData.PathOf("vocab", "bert-base-uncased.txt"), folder.PathOf("vocab.txt"), overwrite: true);
        using InferenceFreeQueryEncoder encoder = InferenceFreeQueryEncoder.Load(folder.Path);
        using var golden = JsonDocument.Parse(
            File.ReadAllText(TestData.PathOf("golden", "fastembed_opensearch-doc-v3-gte.json")));
        JsonElement[] queries = [.. golden.RootElement.GetProperty("examples").EnumerateArray()
            .Where(example => example.GetProperty("side").GetString() == "query")];
        Assert.NotEmpty(queries);
        foreach (JsonElement query in queries)
        {
            SparseVector vector = encoder.Encode(query.GetProperty("text").GetString()!);
            JsonProperty[] tokens = [.. query.GetProperty("tokens").EnumerateObject()];
            Assert.Equal(tokens.Length, vector.Count);
            foreach (JsonProperty token in tokens)
                Assert.Equal(token.Value.GetSingle(), vector.WeightOf(token.Name), 1e-5);
        }
    }

    private static ModelDirectory Folder(string idf) => new TableModel().Folder().With("idf.json", idf);
}
