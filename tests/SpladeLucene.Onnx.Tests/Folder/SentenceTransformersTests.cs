using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Folders as sentence-transformers leaves them: their own settings hold, or are refused by name.</summary>
public sealed class SentenceTransformersTests
{
    private const string Modules = """
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.sparse_encoder.models.MLMTransformer"},
         {"idx": 1, "name": "1", "path": "1_SpladePooling",
          "type": "sentence_transformers.sparse_encoder.models.SpladePooling"}]
        """;

    private static readonly string[] Entries =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "dog", "canine", "puppy"];

    [Theory]
    [InlineData("max", "log1p_relu", "the dog", "the 0.7412 dog 0.7412 canine 0.5266 puppy 0.3404")]
    [InlineData("max", "relu", "the dog", "the 1.0986 dog 1.0986 canine 0.6931 puppy 0.4055")]
    [InlineData("sum", "relu", "dog puppy", "dog 1.9095 puppy 1.5041 canine 0.6931")]
    public void Encode_PoolingOfTheFolder_IsWhatItSays(string strategy, string function, string text, string expected)
    {
        using ModelDirectory folder = Folder(strategy, function).With("modules.json", Modules);
        using ModelDirectory alone = Folder(strategy, function);
        foreach (ModelDirectory either in new[] { folder, alone })
        {
            using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(either.Path);
            SparseVector vector = encoder.Encode(text);
            string[] words = expected.Split(' ');
            Assert.Equal(words.Length / 2, vector.Count);
            for (int i = 0; i < words.Length; i += 2)
            {
                double due = double.Parse(words[i + 1], System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(due, vector.WeightOf(words[i]), 1e-4);
            }
        }
    }

    [Fact]
    public void Load_SpladeJson_SaysOtherwise()
    {
        using ModelDirectory folder = Folder("sum", "log1p_relu").With("modules.json", Modules)
            .With("sentence_bert_config.json", """{"max_seq_length": 8}""")
            .With("splade.json", """{"pooling": "max"}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(("max-log1p-log1p-relu", 8), (encoder.Fingerprint.Head, encoder.Fingerprint.MaxTokens));
        folder.With("splade.json", """{"pooling": "max", "activation": "log1p_relu", "maxTokens": 20}""");
        using OnnxSparseEncoder own = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(("max-log1p-relu", 20), (own.Fingerprint.Head, own.Fingerprint.MaxTokens));
    }

    [Fact]
    public void Load_MaxSeqLengthAlone_IsTheLimitOfATextToo()
    {
        using ModelDirectory folder = Folder("sum", "relu").With("modules.json", Modules)
            .With("sentence_bert_config.json", """{"max_seq_length": 8, "do_lower_case": false}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(8, encoder.Fingerprint.MaxTokens);
        // Six words and the two tokens around them.
        Assert.Equal(6 * Math.Log(3), encoder.Encode("the the the the the the the the").WeightOf("the"), 1e-5);
    }

    [Fact]
    public void Load_LengthOfTheTokenizer_CountsWhereSentenceBertConfigHasNone()
    {
        using ModelDirectory folder = Folder("max", "relu").With("modules.json", Modules)
            .With("tokenizer_config.json", """{"model_max_length": 16}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        folder.With("tokenizer_config.json", """{"model_max_length": 1000000000000000019884624838656}""");
        using OnnxSparseEncoder endless = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal((16, 512), (encoder.Fingerprint.MaxTokens, endless.Fingerprint.MaxTokens));
    }

    [Theory]
    [InlineData("1_SpladePooling/config.json", """{"pooling_strategy": "max", "activation_function": "relu", "embedding_dimension": 9}""")]
    [InlineData("sentence_bert_config.json", """{"transformer_task": "fill-mask", "unpad_inputs": null}""")]
    public void Load_SettingOfALaterVersion_Works(string file, string json)
    {
        using ModelDirectory folder = Folder("max", "relu").With("modules.json", Modules).With(file, json);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal("max-log1p-relu", encoder.Fingerprint.Head);
    }

    [Theory]
    [InlineData("sentence_roberta_config.json")]
    [InlineData("sentence_distilbert_config.json")]
    [InlineData("sentence_camembert_config.json")]
    [InlineData("sentence_albert_config.json")]
    [InlineData("sentence_xlm-roberta_config.json")]
    [InlineData("sentence_xlnet_config.json")]
    public void Load_LengthUnderAnOlderName_Counts(string name)
    {
        using ModelDirectory folder = Folder("max", "relu").With("modules.json", Modules).With(name, """{"max_seq_length": 8}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        folder.With("sentence_bert_config.json", """{"max_seq_length": 9}""");
        using OnnxSparseEncoder usual = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal((8, 9), (encoder.Fingerprint.MaxTokens, usual.Fingerprint.MaxTokens));
    }

    [Theory]
    [InlineData("""{"minRatio": 0.1}""", "config_sentence_transformers.json", """{"prompts": {"query": "ask: "}}""", "'prompts.query' is")]
    [InlineData("""{"minRatio": 0.1}""", "config_sentence_transformers.json", """{"similarity_fn_name": "cosine"}""", "expected \"dot\"")]
    [InlineData("""{"maxTokens": 256}""", "sentence_bert_config.json", """{"model_args": {}}""", "'model_args' is unknown")]
    [InlineData("""{"maxTokens": 256}""", "sentence_bert_config.json", """{"do_lower_case": true}""", "'do_lower_case' is true")]
    public void Load_SpladeJsonThatSaysSomethingElse_LeavesTheChecksAlone(string splade, string file, string json, string reason)
    {
        using ModelDirectory folder = Folder("max", "relu").With("modules.json", Modules).With("splade.json", splade).With(file, json)
            .With("tokenizer_config.json", """{"do_lower_case": false}""").With("idf.json", """{"dog": 1}""");
        folder.AssertRefused(file, reason);
        Assert.Contains(reason, Assert.Throws<ModelLoadException>(() => InferenceFreeQueryEncoder.LoadTable(folder.Path,
            new ModelFingerprint("other", "0", "0", "unknown", 0, Pruning.None))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1_SpladePooling/config.json", """{"pooling_strategy": "mean"}""", "'pooling_strategy' is \"mean\"")]
    [InlineData("1_SpladePooling/config.json", """{"activation_function": "elu"}""", "'activation_function' is \"elu\"")]
    [InlineData("1_SpladePooling/config.json", """{"topk": 9}""", "'topk' is unknown")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 1}""", "'max_seq_length' is 1; expected 3 to 131072")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 2147483647}""", "'max_seq_length' is 2147483647; expected 3 to 131072")]
    [InlineData("sentence_bert_config.json", """{"model_args": {}}""", "'model_args' is unknown")]
    [InlineData("sentence_bert_config.json", """{"transformer_task": "text-generation"}""", "'transformer_task' is")]
    [InlineData("config_sentence_transformers.json", """{"prompts": {"query": "ask: "}}""",
        "'prompts.query' is \"ask: \"; expected no words put before a text")]
    [InlineData("config_sentence_transformers.json", """{"similarity_fn_name": "cosine"}""",
        "'similarity_fn_name' is \"cosine\"; expected \"dot\"")]
    [InlineData("modules.json", """[{"path": "", "type": "sentence_transformers.models.CLIPModel"}]""",
        "'[0].type' is \"sentence_transformers.models.CLIPModel\"")]
    [InlineData("modules.json", """[{"path": "", "type": "x.Transformer"}, {"path": "1", "type": "x.Pooling"}]""",
        "'[1].type' is \"x.Pooling\"; expected an MLMTransformer and a SpladePooling alone")]
    [InlineData("modules.json", """[{"path": "", "type": "x.MLMTransformer"}]""", "it lists 1 modules")]
    [InlineData("modules.json",
        """[{"path": "", "type": "x.MLMTransformer"}, {"path": "../1_SpladePooling", "type": "x.SpladePooling"}]""",
        "'[1].path' is \"../1_SpladePooling\"; expected the name of a folder in this one")]
    [InlineData("modules.json", "{}", "the file is {}; expected an array of objects")]
    public void Load_WhatIsNotDone_IsRefusedByName(string file, string json, string reason)
    {
        using ModelDirectory folder = Folder("max", "relu").With("modules.json", Modules).With(file, json);
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path));
        Assert.Equal(folder.PathOf(file), thrown.Path);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    // Each word's logit for itself is 2; dog knows canine and puppy, and puppy knows dog.
    private static ModelDirectory Folder(string strategy, string function)
    {
        float[] table = new float[Entries.Length * Entries.Length];
        void Set(string token, string entry, float logit) =>
            table[(Array.IndexOf(Entries, token) * Entries.Length) + Array.IndexOf(Entries, entry)] = logit;
        foreach (string word in Entries[5..]) Set(word, word, 2);
        Set("dog", "canine", 1);
        Set("dog", "puppy", 0.5f);
        Set("puppy", "dog", 1.25f);
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", table, Entries.Length, Entries.Length).Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "texts", "tokens", $"{Entries.Length}");
        return new ModelDirectory().With("model.onnx", graph.ToArray())
            .With("vocab.txt", string.Join('\n', Entries) + "\n")
            .With("1_SpladePooling/config.json",
                $$"""{"pooling_strategy": "{{strategy}}", "activation_function": "{{function}}"}""");
    }
}
