using Microsoft.ML.OnnxRuntime;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>What a folder may hold, and what it is refused for.</summary>
public sealed class ModelFolderTests
{
    private static readonly string Width = $"{TableModel.Entries.Length}";

    [Fact]
    public void Load_GraphWithoutTokenTypes_Works()
    {
        TableModel model = new() { Inputs = ["input_ids", "attention_mask"] };
        using ModelDirectory folder = model.Set("fig", "egg", 1).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], encoder.Encode("fig").Select(term => term.Term));
    }

    [Fact]
    public void Load_OtherNamesThatLeaveNoDoubt_Works()
    {
        using ModelDirectory folder = new TableModel
        {
            Inputs = ["input_ids", "segment_ids", "input_mask"],
            OutputName = "prediction_scores",
        }.Set("fig", "egg", 1).Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], encoder.Encode("fig").Select(term => term.Term));
    }

    [DataFact]
    public void Load_ToyModelWithAnOutputToSpare_FindsThePredictionScores()
    {
        string[] entries = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. Enumerable.Range(4, 95).Select(i => $"w{i}")];
        using ModelDirectory folder = new ModelDirectory()
            .WithCopy("model.onnx", TestData.PathOf("onnx", "bert_toy_optimized.onnx"))
            .With("vocab.txt", string.Join('\n', entries) + "\n");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.NotEmpty(encoder.Encode("w5 w6 w7"));
    }

    [Fact]
    public void Load_WeightsInAnotherFile_CountInTheFingerprint()
    {
        using ModelDirectory one = ExternalFolder(new TableModel().Set("fig", "egg", 1));
        using ModelDirectory other = ExternalFolder(new TableModel().Set("fig", "egg", 2));
        using OnnxSparseEncoder first = OnnxSparseEncoder.Load(one.Path);
        using OnnxSparseEncoder second = OnnxSparseEncoder.Load(other.Path);
        Assert.Equal(["egg"], first.Encode("fig").Select(term => term.Term));
        Assert.False(first.Fingerprint.Matches(second.Fingerprint));
        File.Delete(other.PathOf("weights.bin"));
        AssertRefused(other, "model.onnx", "weights.bin");
    }

    [Fact]
    public void Load_SpladeJson_FillsTheFingerprint()
    {
        using ModelDirectory folder = new TableModel().Folder().With("splade.json", """
            {"name": "tiny model", "pooling": "max", "activation": "log1p_relu", "maxTokens": 20, "minWeight": 0.25,
             "maxTerms": 7}
            """);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        ModelFingerprint fingerprint = encoder.Fingerprint;
        Assert.Equal(("tiny-model", "max-log1p-relu", 20), (fingerprint.Name, fingerprint.Head, fingerprint.MaxTokens));
        Assert.Equal(new Pruning { MinWeight = 0.25f, MaxTerms = 7 }, fingerprint.Pruning);
        Assert.Equal(ModelFingerprint.Hash(File.ReadAllBytes(folder.PathOf("model.onnx"))), fingerprint.ModelHash);
        Assert.True(ModelFingerprint.TryParse(fingerprint.ToString(), out ModelFingerprint? parsed));
        Assert.Equal(fingerprint, parsed);
    }

    [Fact]
    public void EncodeQuery_QueryMinWeight_DropsLightTermsOfQueriesAlone()
    {
        TableModel model = new TableModel().Set("fig", "fig", 3).Set("fig", "egg", 0.5f);
        using ModelDirectory folder = model.Folder().With("splade.json", """{"minWeight": 0.1, "queryMinWeight": 0.9}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using OnnxSparseEncoder same = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { QueryPruning = new Pruning { MaxTerms = 2 } });

        Assert.Equal(["egg", "fig"], encoder.Encode("fig").Select(term => term.Term));
        Assert.Equal(["fig"], encoder.EncodeQuery("fig").Select(term => term.Term));
        Assert.Equal(["egg", "fig"], same.EncodeQuery("fig").Select(term => term.Term));
        Assert.True(encoder.Fingerprint.Matches(same.Fingerprint));
    }

    [Fact]
    public void Encode_MinRatio_DropsTermsUnderAShareOfTheHeaviest()
    {
        TableModel model = new TableModel().Set("fig", "fig", 3).Set("fig", "egg", 0.5f).Set("fig", "date", 0.1f);
        using ModelDirectory folder = model.Folder().With("splade.json", """{"minRatio": 0.1, "queryMinRatio": 0.9}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg", "fig"], encoder.Encode("fig").Select(term => term.Term));
        Assert.Equal(["fig"], encoder.EncodeQuery("fig").Select(term => term.Term));
    }

    [Fact]
    public void EncodeQuery_QueryExpansionWeight_CountsForTermsThatAreNotWritten()
    {
        TableModel model = new TableModel().Set("fig", "fig", 3).Set("fig", "egg", 2).Set("fig", "date", 0.5f);
        using ModelDirectory folder = model.Folder()
            .With("splade.json", """{"queryMinWeight": 0.9, "queryExpansionWeight": 0.5}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using OnnxSparseEncoder without = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { QueryExpansionWeight = 0 });

        SparseVector text = encoder.Encode("fig"), query = encoder.EncodeQuery("fig");
        Assert.Equal(["date", "egg", "fig"], text.Select(term => term.Term));
        Assert.Equal(["egg", "fig"], query.Select(term => term.Term));
        Assert.Equal(text.WeightOf("fig"), query.WeightOf("fig"));
        Assert.Equal(text.WeightOf("egg") / 2, query.WeightOf("egg"));
        Assert.Equal(["fig"], without.EncodeQuery("fig").Select(term => term.Term));
        Assert.Equal((0.5f, 0f), (encoder.QueryExpansionWeight, without.QueryExpansionWeight));
        Assert.True(encoder.Fingerprint.Matches(without.Fingerprint));
    }

    [Fact]
    public void QueryExpansionWeight_Negative_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { QueryExpansionWeight = -0.1f });

    [Fact]
    public void QueryIdfExponent_IsTheFoldersUnlessTheOptionsSay()
    {
        using ModelDirectory plain = new TableModel().Folder();
        using ModelDirectory folder = new TableModel().Folder().With("splade.json", """{"queryIdfExponent": 0.25}""");
        using OnnxSparseEncoder none = OnnxSparseEncoder.Load(plain.Path);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using OnnxSparseEncoder without = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { QueryIdfExponent = 0 });

        Assert.Equal([0, 0.25f, 0], new[] { none, encoder, without }.Select(each => each.QueryIdfExponent));
        Assert.True(encoder.Fingerprint.Matches(without.Fingerprint));
    }

    [Fact]
    public void QueryIdfExponent_NotFinite_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { QueryIdfExponent = float.NaN });

    [Fact]
    public void FloorShareAndFusionWeight_AreTheFoldersUnlessTheOptionsSay()
    {
        using ModelDirectory plain = new TableModel().Folder();
        using ModelDirectory folder = new TableModel().Folder()
            .With("splade.json", """{"floorShare": 0.25, "fusionWeight": 0.5}""");
        using OnnxSparseEncoder none = OnnxSparseEncoder.Load(plain.Path);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using OnnxSparseEncoder other = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { FloorShare = 0, FusionWeight = 1 });

        Assert.Equal([0, 0.25f, 0], new[] { none, encoder, other }.Select(each => each.FloorShare));
        Assert.Equal([null, 0.5f, 1], new[] { none, encoder, other }.Select(each => each.FusionWeight));
        Assert.True(encoder.Fingerprint.Matches(other.Fingerprint));
        Assert.Equal(encoder.Fingerprint.ToString(), other.Fingerprint.ToString());
    }

    [Theory]
    [InlineData("floorShare", "1.5")]
    [InlineData("floorShare", "-0.1")]
    [InlineData("fusionWeight", "2")]
    [InlineData("fusionWeight", "\"much\"")]
    public void FloorShareOrFusionWeight_NoShare_IsRefusedByName(string member, string value)
    {
        using ModelDirectory folder = new TableModel().Folder().With("splade.json", $"{{\"{member}\": {value}}}");

        Assert.Contains(member, Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void FloorShareAndFusionWeight_NaN_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { FloorShare = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { FusionWeight = float.NaN });
    }

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

    [Theory]
    [InlineData("""{"pooling": "mean"}""", "'pooling' is \"mean\"; expected \"max\" or \"sum\"")]
    [InlineData(
        """{"activation": "relu"}""", "'activation' is \"relu\"; expected \"log1p_relu\" or \"log1p_log1p_relu\"")]
    [InlineData("""{"windowTokens": 2}""", "'windowTokens' is 2; expected 3 or more")]
    [InlineData("""{"windowTokens": 9, "windowOverlap": 7}""", "'windowOverlap' is 7; expected 0 to 6")]
    [InlineData("""{"windowOverlap": 8}""", "'windowOverlap' is 8; expected 'windowTokens' beside it")]
    [InlineData("""{"windowMerge": "max"}""", "'windowMerge' is \"max\"; expected 'windowTokens' beside it")]
    [InlineData("""{"windowMerge": "saturated", "windowSaturation": 1}""", "expected 'windowTokens' beside it")]
    [InlineData("""{"windowTokens": 9, "windowMerge": "max", "windowSaturation": 1}""",
        "'windowSaturation' is 1; expected \"saturated\" as 'windowMerge' beside it")]
    [InlineData("""{"windowTokens": 9, "windowLengthPenalty": 1}""",
        "'windowLengthPenalty' is 1; expected \"saturated\" as 'windowMerge' beside it")]
    [InlineData("""{"lengthNorm": 1}""", "'lengthNorm' is 1; expected 'lengthExponent' beside it")]
    [InlineData("""{"windowTokens": 600}""", "windows of 600 tokens were asked for, and the model sees 512")]
    [InlineData(
        """{"windowMerge": "min"}""",
        "'windowMerge' is \"min\"; expected \"max\" or \"weighted_mean\" or \"saturated\"")]
    [InlineData("""{"windowSaturation": -1}""", "'windowSaturation' is -1; expected 0 to 1000")]
    [InlineData("""{"windowLengthPenalty": 1e99}""", "'windowLengthPenalty' is 1e99; expected 0 to 1000")]
    [InlineData("""{"lengthExponent": 1.5}""", "'lengthExponent' is 1.5; expected 0 to 1")]
    [InlineData("""{"lengthNorm": 0}""", "'lengthNorm' is 0; expected 0.000001 to 1000000")]
    [InlineData("""{"maxTokens": 2}""", "'maxTokens' is 2; expected 3 to 131072")]
    [InlineData("""{"maxTokens": "many"}""", "'maxTokens' is \"many\"; expected a whole number")]
    [InlineData("""{"minRatio": 1.5}""", "'minRatio' is 1.5; expected 0 to 1")]
    [InlineData("""{"minWeight": -1}""", "'minWeight' is -1; expected 0 or more")]
    [InlineData("""{"queryMaxTerms": 0}""", "'queryMaxTerms' is 0; expected 1 or more")]
    [InlineData("""{"queryExpansionWeight": -1}""", "'queryExpansionWeight' is -1; expected 0 to 1000")]
    [InlineData("""{"queryIdfExponent": -1}""", "'queryIdfExponent' is -1; expected 0 to 10")]
    [InlineData("""{"minWeight": 1e99}""", "'minWeight' is 1e99; expected 0 or more")]
    [InlineData("""{"maxTerms": 0}""", "'maxTerms' is 0; expected 1 or more")]
    [InlineData("""{"vocabularySize": 5}""", "'vocabularySize' is 5; expected the 12 entries of the vocabulary")]
    [InlineData("""{"queryExpansionWeight": 3e38}""", "'queryExpansionWeight' is 3e38; expected 0 to 1000")]
    [InlineData("""{"windowSaturation": 3e38}""", "'windowSaturation' is 3e38; expected 0 to 1000")]
    [InlineData("""{"windowLengthPenalty": 3e38}""", "'windowLengthPenalty' is 3e38; expected 0 to 1000")]
    [InlineData("""{"lengthNorm": 3e38}""", "'lengthNorm' is 3e38; expected 0.000001 to 1000000")]
    [InlineData("""{"maxTokens": 2147483647}""", "'maxTokens' is 2147483647; expected 3 to 131072")]
    [InlineData("""{"maxTokenz": 64}""", "'maxTokenz' is unknown; expected perhaps 'maxTokens'")]
    [InlineData("""{"MinWeight": 1}""", "'MinWeight' is unknown; expected perhaps 'minWeight'")]
    [InlineData("""{"quantization": true}""", "'quantization' is unknown; expected name, maxTokens,")]
    [InlineData("""{"name": """, "not JSON to its end")]
    [InlineData("""{"name": "\ud800"}""", "'name' is \"\\ud800\"; expected text")]
    [InlineData("""{"n\ud800": 1}""", "the file has the member \"n\\ud800\":")]
    public void Load_SpladeJsonThatIsWrong_IsRefusedByName(string json, string reason)
    {
        using ModelDirectory folder = new TableModel().Folder().With("splade.json", json);
        AssertRefused(folder, "splade.json", reason);
    }

    [Fact]
    public void Load_NameThatNoFingerprintHolds_IsRefused()
    {
        using ModelDirectory folder = new TableModel().Folder()
            .With("splade.json", $$"""{"name": "{{new string('n', 40_000)}}"}""");
        AssertRefused(folder, "splade.json", "expected 255 characters at most");
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
        AssertRefused(folder, "config.json", $"'max_position_embeddings' is {positions}; expected 3 or more");
    }

    [Fact]
    public void Load_GraphWithFewerPositionsThanItsFolderSays_IsRefusedWithWhatToSet()
    {
        using ModelDirectory folder = Positions(16);
        AssertRefused(folder, "model.onnx", "one of 512 tokens fails");
        AssertRefused(folder, "model.onnx", "'maxTokens' in splade.json");
        folder.With("splade.json", """{"maxTokens": 16}""");
        using OnnxSparseEncoder cut = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], cut.Encode(string.Join(' ', Enumerable.Repeat("fig", 99))).Select(term => term.Term));
        folder.With("splade.json", """{"windowTokens": 16}""");
        using OnnxSparseEncoder windows = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(["egg"], windows.Encode(string.Join(' ', Enumerable.Repeat("fig", 99))).Select(term => term.Term));
    }

    [Fact]
    public void Load_OtherTokenizerSettings_DoNotMatch()
    {
        using ModelDirectory folder = new TableModel().Folder();
        using OnnxSparseEncoder lowered = OnnxSparseEncoder.Load(folder.Path);
        folder.With("tokenizer_config.json", """{"do_lower_case": true}""");
        using OnnxSparseEncoder same = OnnxSparseEncoder.Load(folder.Path);
        folder.With("tokenizer_config.json", """{"do_lower_case": false}""");
        using OnnxSparseEncoder cased = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(lowered.Fingerprint, same.Fingerprint);
        Assert.False(lowered.Fingerprint.Matches(cased.Fingerprint));
    }

    [Fact]
    public void Load_LengthBeyondAllNumbers_IsRefused()
    {
        using ModelDirectory folder = new TableModel().Folder()
            .With("model.onnx", [0x0A, .. Enumerable.Repeat((byte)0xFF, 8), 0x7F, 0x00]);
        AssertRefused(folder, "model.onnx", "of its 11 bytes what stands at byte 10 cannot be read");
    }

    [Fact]
    public void Load_MissingFiles_AreNamed()
    {
        using ModelDirectory folder = new();
        string missing = Assert.Throws<ModelLoadException>(
            () => OnnxSparseEncoder.Load(folder.PathOf("no such folder"))).Message;
        Assert.Contains("the folder does not exist", missing, StringComparison.Ordinal);
        Assert.Contains("SpladeLucene.Models.TinyEn", missing, StringComparison.Ordinal);
        Assert.Contains("optimum-cli export onnx --model NAME --task fill-mask", missing, StringComparison.Ordinal);
        AssertRefused(folder, "model.onnx", "the file does not exist");
        folder.With("onnx/model_quantized.onnx", "");
        AssertRefused(folder, "model.onnx", "model_quantized.onnx is there and can be named by "
            + "OnnxSparseEncoderOptions.ModelFile");
        folder.With("model.onnx", new TableModel().Graph().ToArray());
        AssertRefused(folder, "", "neither tokenizer.json nor vocab.txt is there; expected one of them");
        folder.With("sentencepiece.bpe.model", "x");
        AssertRefused(folder, "", "the tokenizer.json that transformers makes of sentencepiece.bpe.model");
    }

    [Fact]
    public void Load_TruncatedModel_IsRefusedWithItsSize()
    {
        byte[] whole = new TableModel().Graph().ToArray();
        foreach (int length in new[] { 1, whole.Length / 2, whole.Length - 1 })
        {
            using ModelDirectory folder = new TableModel().Folder().With("model.onnx", whole[..length]);
            AssertRefused(folder, "model.onnx", $"{length} bytes");
        }

        using ModelDirectory empty = new TableModel().Folder().With("model.onnx", "");
        AssertRefused(empty, "model.onnx", "");
        using ModelDirectory pointer = new TableModel().Folder()
            .With("model.onnx", "version https://git-lfs.github.com/spec/v1\n");
        AssertRefused(pointer, "model.onnx", "expected a complete ONNX model");
    }

    [Fact]
    public void Load_VocabularyOfAnotherSize_IsRefusedWithBothNumbers()
    {
        using ModelDirectory folder = new TableModel().Folder()
            .With("vocab.txt", string.Join('\n', TableModel.Entries[..^1]) + "\n");
        AssertRefused(folder, "model.onnx", "its output 'logits' has 12 dimensions, and the vocabulary 11 entries");
    }

    [Theory]
    [InlineData("last_hidden_state")]
    [InlineData("token_embeddings")]
    public void Load_HiddenStates_AreRefusedWithWhatToExport(string name)
    {
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new float[12 * 5], 12, 5).Node("Gather", ["table", "input_ids"], name)
            .Output(name, "texts", "tokens", "5");
        using ModelDirectory folder = TableModel.Folder(graph);
        AssertRefused(
            folder, "model.onnx", $"its output '{name}' has 5 dimensions a token, and the vocabulary 12 entries");
        AssertRefused(folder, "model.onnx", "AutoModelForMaskedLM");
    }

    [Fact]
    public void Load_LogitsOfUnknownWidth_AreCheckedByRunning()
    {
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new float[12 * 12], 12, 12).Node("Gather", ["table", "input_ids"], "own")
            .Constant("zero", new long[] { 0 }, 1).Constant("two", new long[] { 2 }, 1)
            .Constant("five", new long[] { 5 }, 1)
            .Node("ReduceMin", ["input_ids"], "least", ("keepdims", 0)).Node("Max", ["least", "five"], "width")
            .Node("Slice", ["own", "zero", "width", "two"], "logits")
            .Output("logits", "texts", "tokens", "width");
        using ModelDirectory folder = TableModel.Folder(graph);
        AssertRefused(folder, "model.onnx", "where [1, 3, 12] was due");
    }

    [Fact]
    public void Load_OutputOfAnotherWidth_IsRefusedWithWhatWasFound()
    {
        OnnxModel pooled = new OnnxModel().Input("input_ids").Input("attention_mask")
            .Constant("table", new float[12 * 5], 12, 5).Node("Gather", ["table", "input_ids"], "own")
            .Constant("second", new long[] { 1 }, 1)
            .Node("ReduceSum", ["own", "second"], "sentence_embedding", ("keepdims", 0))
            .Output("sentence_embedding", "texts", "5");
        using ModelDirectory folder = TableModel.Folder(pooled);
        AssertRefused(folder, "model.onnx", "its outputs are 'sentence_embedding' Float [?, 5]; expected 'logits'");
    }

    [Theory]
    [InlineData("its inputs are 'ids' Int64 [?, ?], 'attention_mask' Int64 [?, ?]", "ids", "attention_mask")]
    [InlineData("expected only input_ids", "input_ids", "attention_mask", "inputs_embeds")]
    public void Load_UnknownInputs_AreRefusedByName(string reason, params string[] inputs)
    {
        var graph = new OnnxModel();
        foreach (string input in inputs) graph.Input(input);
        graph.Constant("table", new float[12 * 12], 12, 12).Node("Gather", ["table", inputs[0]], "logits")
            .Output("logits", "texts", "tokens", Width);
        using ModelDirectory folder = TableModel.Folder(graph);
        AssertRefused(folder, "model.onnx", reason);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { MaxTokens = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { MaxTokens = int.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new OnnxSparseEncoderOptions { QueryExpansionWeight = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { QueryExpansionWeight = 3e38f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { BatchTokenBudget = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSparseEncoderOptions { IntraOpThreads = 0 });
        Assert.Throws<ArgumentException>(() => new OnnxSparseEncoderOptions { ModelFile = null! });
        Assert.Throws<ArgumentException>(() => new OnnxSparseEncoderOptions { ModelFile = " " });
        Assert.ThrowsAny<ArgumentException>(() => OnnxSparseEncoder.Load(" "));
    }

    [Fact]
    public void Load_SessionOptions_AreMadeOncePerLoad()
    {
        using ModelDirectory folder = new TableModel().Set("fig", "egg", 1).Folder();
        int made = 0;
        var options = new OnnxSparseEncoderOptions
        {
            SessionOptions = () =>
            {
                made++;
                return new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
            },
        };
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path, options);
        Assert.Equal(["egg"], encoder.Encode("fig").Select(term => term.Term));
        Assert.Equal(1, made);
        Assert.Throws<InvalidOperationException>(
            () => OnnxSparseEncoder.Load(folder.Path, options with { IntraOpThreads = 2 }));
        Assert.Throws<InvalidOperationException>(
            () => OnnxSparseEncoder.Load(folder.Path, options with { SessionOptions = () => null! }));
    }

    [Fact]
    public void NewSessionOptions_Default_IsOneThreadThatDoesNotSpin()
    {
        using SessionOptions usual = new OnnxSparseEncoderOptions().NewSessionOptions();
        using SessionOptions three = new OnnxSparseEncoderOptions { IntraOpThreads = 3 }.NewSessionOptions();
        Assert.Equal((1, 3), (usual.IntraOpNumThreads, three.IntraOpNumThreads));
    }

    [Fact]
    public void Load_GraphWhereOptimumPutsIt_IsFound()
    {
        using ModelDirectory folder = new ModelDirectory()
            .With("vocab.txt", string.Join('\n', TableModel.Entries) + "\n")
            .With("onnx/model.onnx", new TableModel().Set("fig", "egg", 1).Graph().ToArray())
            .With("onnx/model_quantized.onnx", new TableModel().Set("fig", "date", 1).Graph().ToArray());
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using OnnxSparseEncoder other = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { ModelFile = "model_quantized.onnx" });
        Assert.Equal(["egg"], encoder.Encode("fig").Select(term => term.Term));
        Assert.Equal(["date"], other.Encode("fig").Select(term => term.Term));
    }

    // Adds 0 from a table of so many positions.
    private static ModelDirectory Positions(int count) => TableModel.Folder(new OnnxModel()
        .Input("input_ids").Input("attention_mask")
        .Constant("table", new TableModel().Set("fig", "egg", 1).Table, 12, 12)
        .Constant("positions", new float[count], count, 1)
        .Constant("zero", new long[] { 0 }).Constant("one", new long[] { 1 })
        .Node("Shape", ["input_ids"], "shape").Node("Gather", ["shape", "one"], "tokens")
        .Node("Range", ["zero", "tokens", "one"], "places")
        .Node("Gather", ["positions", "places"], "offsets")
        .Node("Gather", ["table", "input_ids"], "own").Node("Add", ["own", "offsets"], "logits")
        .Output("logits", "texts", "tokens", Width));

    private static ModelDirectory ExternalFolder(TableModel model)
    {
        OnnxModel graph = new OnnxModel().Input("input_ids").Input("attention_mask")
            .External("table", "weights.bin", 12, 12).Node("Gather", ["table", "input_ids"], "logits")
            .Output("logits", "texts", "tokens", Width);
        return TableModel.Folder(graph)
            .With("weights.bin", System.Runtime.InteropServices.MemoryMarshal.AsBytes(model.Table.AsSpan()).ToArray());
    }

    private static void AssertRefused(ModelDirectory folder, string file, string reason)
    {
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(() => OnnxSparseEncoder.Load(folder.Path));
        Assert.Equal(file.Length == 0 ? folder.Path : folder.PathOf(file), thrown.Path);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }
}
