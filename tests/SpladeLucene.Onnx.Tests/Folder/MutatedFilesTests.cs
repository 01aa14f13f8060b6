using System.Text;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Files of a model that are a little wrong are read, or refused by name; nothing else comes out of them.</summary>
public sealed class MutatedFilesTests
{
    private const string Splade = """
        {"name": "tiny", "pooling": "max", "activation": "log1p_relu", "maxTokens": 20, "minWeight": 0.25, "maxTerms": 7,
         "windowTokens": 9, "windowOverlap": 2, "windowMerge": "saturated", "windowSaturation": 0.6, "lengthExponent": 0.5}
        """;

    private const string Config = """
        {"architectures": ["BertForMaskedLM"], "model_type": "roberta", "pad_token_id": 1, "max_position_embeddings": 514}
        """;

    private const string TokenizerConfig = """
        {"do_lower_case": true, "tokenizer_class": "BertTokenizer", "pad_token": {"content": "[PAD]"}, "never_split": [],
         "added_tokens_decoder": {"12": {"content": "park", "lstrip": true, "special": false}}, "model_max_length": 512}
        """;

    private const string Router = """
        {"types": {"q": "x.SparseStaticEmbedding", "d": "x.MLMTransformer", "p": "x.SpladePooling"},
         "structure": {"query": ["q"], "document": ["d", "p"]}, "parameters": {"default_route": "document"}}
        """;

    public static TheoryData<string> Files =>
    [
        "splade.json", "config.json", "tokenizer_config.json", "vocab.txt", "added_tokens.json", "idf.json",
        "1_SpladePooling/config.json", "sentence_bert_config.json", "config_sentence_transformers.json",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Open_MutatedFileOfAFolder_IsReadOrRefused(string name)
    {
        using ModelDirectory folder = Folder();
        byte[] content = File.ReadAllBytes(folder.PathOf(name));
        foreach ((string change, byte[] mutated) in Mutation.Of(content, name.Length))
        {
            folder.With(name, mutated);
            ReadOrRefused($"{name}, {change}", () =>
            {
                ModelFolder read = ModelFolder.Open(folder.Path, "model.onnx");
                EncoderSettings.Resolve(new OnnxSparseEncoderOptions(), read);
                read.Tokenizer.NewTokenizer().Encode("the [CLS] café 42", 16);
                IdfJson.Read(folder.PathOf("idf.json"), read.Tokenizer.Vocabulary);
            });
        }
    }

    [Theory]
    [InlineData("WordPiece")]
    [InlineData("byte-level BPE")]
    [InlineData("Unigram")]
    public void Read_MutatedTokenizerJson_IsReadOrRefused(string family)
    {
        string json = family switch
        {
            "WordPiece" => File.ReadAllText(SmallTokenizer.JsonPath),
            "Unigram" => UnigramFile.Json(),
            _ => BytePairFile.Json(),
        };
        using ModelDirectory folder = new();
        foreach ((string change, byte[] mutated) in Mutation.Of(Encoding.UTF8.GetBytes(json), family.Length))
        {
            folder.With("tokenizer.json", mutated);
            ReadOrRefused($"{family}, {change}", () =>
                TokenizerJson.Read(folder.PathOf("tokenizer.json")).NewTokenizer().Encode("the <mask> café 42 \uD83D", 16));
        }
    }

    [Theory]
    [InlineData("modules.json")]
    [InlineData("router_config.json")]
    [InlineData("q/config.json")]
    [InlineData("q/model.safetensors")]
    public void Open_MutatedFileOfARoutedFolder_IsReadOrRefused(string name)
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"weight": {"dtype": "F32", "shape": [12], "data_offsets": [0, 48]} }""");
        using ModelDirectory folder = Folder()
            .With("modules.json", """[{"path": "", "type": "x.Router"}]""").With("router_config.json", Router)
            .With("p/config.json", """{"pooling_strategy": "max"}""").With("q/config.json", """{"frozen": false}""")
            .With("q/model.safetensors", [(byte)header.Length, 0, 0, 0, 0, 0, 0, 0, .. header, .. new byte[48]])
            .With("d/x", "");
        byte[] content = File.ReadAllBytes(folder.PathOf(name));
        foreach ((string change, byte[] mutated) in Mutation.Of(content, name.Length))
        {
            folder.With(name, mutated);
            ReadOrRefused($"{name}, {change}", () => ModelFolder.Open(folder.Path, "model.onnx").Hub.ReadHead());
        }
    }

    // Not run: what ONNX Runtime does with a graph that it takes is its own affair.
    [Fact]
    public void Read_MutatedGraph_IsReadOrRefused()
    {
        using ModelDirectory folder = Folder();
        foreach ((string change, byte[] mutated) in Mutation.Of(File.ReadAllBytes(folder.PathOf("model.onnx")), 1))
        {
            folder.With("model.onnx", mutated);
            ReadOrRefused(change, () => ModelHash.Of(folder.PathOf("model.onnx"), GraphFile.Read(folder.PathOf("model.onnx"))));
        }
    }

    private static void ReadOrRefused(string what, Action read)
    {
        try
        {
            read();
        }
        catch (ModelLoadException refused)
        {
            Assert.False(string.IsNullOrWhiteSpace(refused.Message), what);
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
    }

    private static ModelDirectory Folder() => new TableModel().Folder().With("splade.json", Splade).With("config.json", Config)
        .With("tokenizer_config.json", TokenizerConfig).With("added_tokens.json", """{"park": 12, "lawn": 13}""")
        .With("idf.json", """{"apple": 1.5, "bread": 2, "quince": 0.5}""")
        .With("1_SpladePooling/config.json", """{"pooling_strategy": "sum", "activation_function": "relu"}""")
        .With("sentence_bert_config.json", """{"max_seq_length": 128, "do_lower_case": false}""")
        .With("config_sentence_transformers.json", """{"prompts": {"query": ""}, "similarity_fn_name": "dot"}""");
}
