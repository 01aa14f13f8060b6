using System.Text.Json;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>
/// Folders in the forms in which models lie on the hub, each with random weights behind a tokenizer of each family: what is a
/// sparse encoder gives the vectors of its graph wherever that stands, and what isn't is refused for what it is.
/// </summary>
public sealed class HubLayoutTests
{
    private const string Text = "The quick brown fox naïve 42";

    private const string SpladePooling = """{"pooling_strategy": "max", "activation_function": "relu", "word_embedding_dimension": 30522}""";

    public static TheoryData<string, string> FamiliesAndLayouts()
    {
        var all = new TheoryData<string, string>();
        foreach (string family in new[] { FamilyModel.WordPiece, FamilyModel.BytePairs, FamilyModel.Unigram })
        {
            foreach (string layout in new[] { "Optimum", "quantized by Optimum", "SparseEncoder", "SparseEncoder of a later version",
                "Router", "Router with a table", "Router with a table of the first version" })
                all.Add(family, layout);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(FamiliesAndLayouts))]
    public void Load_LayoutOfTheHub_GivesTheGraphsOwnVectors(string family, string layout)
    {
        using ModelDirectory plain = FamilyModel.Folder(family);
        using ModelDirectory folder = Arranged(FamilyModel.Folder(family), layout);
        using OnnxSparseEncoder expected = OnnxSparseEncoder.Load(plain.Path);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path, new OnnxSparseEncoderOptions
        {
            ModelFile = layout == "quantized by Optimum" ? "model_quantized.onnx" : "model.onnx",
        });
        Assert.NotEmpty(expected.Encode(Text));
        Assert.Equal(expected.Encode(Text), encoder.Encode(Text));
        bool table = layout.Contains("table", StringComparison.Ordinal);
        Assert.Equal(!table, expected.EncodeQuery(Text).Equals(encoder.EncodeQuery(Text)));
    }

    [Theory]
    [InlineData("""[{"path": "", "type": "x.Transformer"}, {"path": "1_Pooling", "type": "x.Pooling"}, {"path": "2_Normalize", "type": "x.Normalize"}]""",
        "'[1].type' is \"x.Pooling\"")]
    [InlineData("""[{"path": "", "type": "x.Transformer"}, {"path": "1_Pooling", "type": "x.Pooling"}, {"path": "2_SparseAutoEncoder", "type": "x.SparseAutoEncoder"}]""",
        "'[1].type' is \"x.Pooling\"")]
    [InlineData("""[{"path": "", "type": "x.StaticEmbedding"}]""", "'[0].type' is \"x.StaticEmbedding\"")]
    [InlineData("""[{"path": "", "type": "x.MLMTransformer"}, {"path": "1_SpladePooling", "type": "x.SpladePooling"}, {"path": "2_Normalize", "type": "x.Normalize"}]""",
        "'[2].type' is \"x.Normalize\"")]
    public void Load_ModulesThatMakeNoVectorOfTerms_AreRefusedByTheirType(string modules, string reason)
    {
        using ModelDirectory folder = FamilyModel.Folder(FamilyModel.WordPiece).With("modules.json", modules)
            .With("1_SpladePooling/config.json", SpladePooling);
        folder.AssertRefused("modules.json", reason);
    }

    // Its modules make the dense vector; the sparse one's weights come out of the graph.
    [Fact]
    public void Load_WeightsOfTokensBesideModulesOfADenseVector_Works()
    {
        using ModelDirectory folder = TableModel.Folder(new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", [0f, 0, 0, 0, 0, 2, 3, 4, 5, 6, 7, 8], 12, 1).Node("Gather", ["table", "input_ids"], "sparse_vecs")
            .Output("sparse_vecs", "texts", "tokens", "1"))
            .With("modules.json", """[{"path": "", "type": "x.Transformer"}, {"path": "1_Pooling", "type": "x.Pooling"}, {"path": "2_Normalize", "type": "x.Normalize"}]""")
            .With("sentence_bert_config.json", """{"max_seq_length": 16, "do_lower_case": false}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(("max-token-relu", 16), (encoder.Fingerprint.Head, encoder.Fingerprint.MaxTokens));
        folder.With("modules.json", """[{"path": "", "type": "x.MLMTransformer"}, {"path": "1_SpladePooling", "type": "x.SpladePooling"}]""");
        folder.AssertRefused("model.onnx", "one weight a token, and the folder says how logits are pooled");
    }

    [Fact]
    public void Load_AdapterWithoutItsModel_SaysWhatItIs()
    {
        using ModelDirectory folder = FamilyModel.Folder(FamilyModel.WordPiece).With("adapter_config.json", "{}")
            .With("adapter_model.safetensors", "x");
        File.Delete(folder.PathOf("model.onnx"));
        folder.AssertRefused("model.onnx", "an adapter");
    }

    private static ModelDirectory Arranged(ModelDirectory folder, string layout) => layout switch
    {
        "Optimum" => Moved(folder, "onnx/model.onnx").With("config.json", """{"architectures": ["BertForMaskedLM"]}"""),
        "quantized by Optimum" => Moved(folder, "onnx/model_quantized.onnx").With("ort_config.json", "{}"),
        "SparseEncoder" => WithModules(folder, "MLMTransformer").With("sentence_bert_config.json",
            """{"max_seq_length": 256, "do_lower_case": false}"""),
        "SparseEncoder of a later version" => WithModules(folder, "Transformer").With("sentence_bert_config.json",
            """{"transformer_task": "fill-mask", "max_seq_length": 256}"""),
        "Router" => Routed(folder, """["document_0_MLMTransformer", "document_1_SpladePooling"]""", "MLMTransformer"),
        "Router with a table" => Routed(folder, """["query_0"]""", "SparseStaticEmbedding"),
        _ => Routed(folder, """["query_0"]""", "IDF"),
    };

    private static ModelDirectory WithModules(ModelDirectory folder, string transformer) => folder
        .With("modules.json", $$"""[{"path": "", "type": "x.{{transformer}}"}, {"path": "1_SpladePooling", "type": "x.SpladePooling"}]""")
        .With("1_SpladePooling/config.json", SpladePooling)
        .With("config_sentence_transformers.json", """
            {"model_type": "SparseEncoder", "__version__": {"sentence_transformers": "5.1.0", "transformers": "4.55.0", "pytorch": "2.8.0"},
             "prompts": {"query": "", "document": ""}, "default_prompt_name": null, "similarity_fn_name": "dot"}
            """);

    // The tokenizer goes with the transformer.
    private static ModelDirectory Routed(ModelDirectory folder, string queries, string table)
    {
        Directory.CreateDirectory(folder.PathOf("document_0_MLMTransformer"));
        File.Move(folder.PathOf("tokenizer.json"), folder.PathOf("document_0_MLMTransformer/tokenizer.json"));
        return folder.With("modules.json", """[{"path": "", "type": "sentence_transformers.models.Router"}]""")
            .With("router_config.json", $$$"""
                {"types": {"query_0": "x.{{{table}}}", "document_0_MLMTransformer": "x.MLMTransformer", "document_1_SpladePooling": "x.SpladePooling"},
                 "structure": {"query": {{{queries}}}, "document": ["document_0_MLMTransformer", "document_1_SpladePooling"]}}
                """)
            .With("document_1_SpladePooling/config.json", SpladePooling)
            .With("query_0/config.json", """{"frozen": true, "path": "idf.json"}""")
            .With("query_0/idf.json", Table(folder.PathOf("document_0_MLMTransformer/tokenizer.json")));
    }

    private static string Table(string tokenizer)
    {
        Vocabulary vocabulary = TokenizerJson.Read(tokenizer).Vocabulary;
        return JsonSerializer.Serialize(Enumerable.Range(0, vocabulary.Size).Select(id => vocabulary[id]).OfType<string>()
            .Where(entry => entry.Length > 0).ToDictionary(entry => entry, entry => 1f / entry.Length));
    }

    private static ModelDirectory Moved(ModelDirectory folder, string name)
    {
        Directory.CreateDirectory(folder.PathOf("onnx"));
        File.Move(folder.PathOf("model.onnx"), folder.PathOf(name));
        return folder;
    }
}
