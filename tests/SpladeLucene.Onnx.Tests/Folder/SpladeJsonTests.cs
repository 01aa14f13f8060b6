using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>What splade.json sets, and what it is refused for.</summary>
public sealed class SpladeJsonTests
{
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
    public void EncodeQuery_QueryTermSaturation_CountsForWordsThatAreRepeated()
    {
        TableModel model = new TableModel().Set("fig", "fig", 3).Set("fig", "egg", 2).Set("date", "date", 1);
        using ModelDirectory folder = model.Folder().With("splade.json", """{"queryTermSaturation": 2}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using OnnxSparseEncoder once = OnnxSparseEncoder.Load(
            folder.Path, new OnnxSparseEncoderOptions { QueryTermSaturation = 0 });
        const string Query = "fig date fig";

        SparseVector plain = once.EncodeQuery(Query), query = encoder.EncodeQuery(Query);
        Assert.Equal(["date", "egg", "fig"], query.Select(term => term.Term));
        Assert.Equal(plain.WeightOf("fig") * 6 / 4, query.WeightOf("fig"), 1e-6);
        Assert.Equal((plain.WeightOf("date"), plain.WeightOf("egg")), (query.WeightOf("date"), query.WeightOf("egg")));
        Assert.Equal(once.EncodeQuery("fig date"), encoder.EncodeQuery("fig date"));
        Assert.Equal(once.Encode(Query), encoder.Encode(Query));
        Assert.Equal((2f, 0f), (encoder.QueryTermSaturation, once.QueryTermSaturation));
        Assert.Equal(once.Fingerprint.ToString(), encoder.Fingerprint.ToString());
    }

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
    [InlineData("""{"queryTermSaturation": -1}""", "'queryTermSaturation' is -1; expected 0 to 1000")]
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
        folder.AssertRefused("splade.json", reason);
    }

    [Fact]
    public void Load_NameThatNoFingerprintHolds_IsRefused()
    {
        using ModelDirectory folder = new TableModel().Folder()
            .With("splade.json", $$"""{"name": "{{new string('n', 40_000)}}"}""");
        folder.AssertRefused("splade.json", "expected 255 characters at most");
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
}
