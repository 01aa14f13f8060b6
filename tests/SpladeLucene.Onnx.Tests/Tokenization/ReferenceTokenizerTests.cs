using System.Text.Json.Nodes;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Every family's ids against those of Hugging Face's own library.</summary>
public sealed class ReferenceTokenizerTests
{
    private const string Spaced = """
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "SCHEME", "split": true}
        """;

    private const string Stripping = """
        {"type": "Sequence", "normalizers": [{"type": "Strip", "strip_left": false, "strip_right": true},
         {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"}]}
        """;

    [ReferenceTheory]
    [InlineData("as RoBERTa")]
    [InlineData("with a blank put first")]
    [InlineData("as ModernBERT, composed")]
    [InlineData("with merges in arrays")]
    [InlineData("without its first merge, which others build on")]
    public void Encode_ByteLevel_GivesTheReferencesIds(string kind) => AssertSame(BytePairFile.Json(json =>
    {
        if (kind.Contains("put first", StringComparison.Ordinal))
        {
            json["pre_tokenizer"]!["add_prefix_space"] = true;
            json["post_processor"]!["add_prefix_space"] = true;
        }

        if (kind.StartsWith("without", StringComparison.Ordinal)) json["model"]!["merges"]!.AsArray().RemoveAt(0);
        if (kind.Contains("composed", StringComparison.Ordinal)) json["normalizer"] = JsonNode.Parse("""{"type": "NFC"}""");
        if (kind.Contains("arrays", StringComparison.Ordinal))
        {
            json["model"]!["merges"] = new JsonArray([.. json["model"]!["merges"]!.AsArray()
                .Select(merge => new JsonArray([.. merge!.GetValue<string>().Split(' ')]))]);
        }
    }));

    [ReferenceTheory]
    [InlineData("as XLM-R")]
    [InlineData("as XLM-R, at the beginning only", "first", true)]
    [InlineData("as BGE-M3", "always")]
    [InlineData("at the beginning only", "first")]
    [InlineData("nowhere", "never")]
    public void Encode_Unigram_GivesTheReferencesIds(string kind, string? scheme = null, bool split = false) =>
        AssertSame(UnigramFile.Json(json =>
        {
            if (scheme is null) return;
            Assert.NotEmpty(kind);
            string metaspace = Spaced.Replace("SCHEME", scheme, StringComparison.Ordinal);
            json["pre_tokenizer"] = JsonNode.Parse(!split ? metaspace : $$"""
                {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {{metaspace}}]}
                """);
            JsonNode steps = JsonNode.Parse(Stripping)!;
            steps["normalizers"]!.AsArray().Insert(0, json["normalizer"]!.DeepClone());
            json["normalizer"] = steps;
        }));

    [ReferenceTheory]
    [InlineData("lowercase")]
    [InlineData("cased")]
    public void Encode_WordPiece_GivesTheReferencesIds(string kind)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(SmallTokenizer.JsonPath))!;
        json["normalizer"]!["lowercase"] = kind == "lowercase";
        json["post_processor"] =
            JsonNode.Parse("""{"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}""");
        AssertSame(json.ToJsonString());
    }

    private static void AssertSame(string json)
    {
        List<string> differences = ReferenceTokenizer.Differences(json, TestSettings.Texts, seed: 15);
        Assert.True(differences.Count == 0,
            $"{differences.Count} of {TestSettings.Texts} differ:\n{string.Join('\n', differences.OrderBy(text => text.Length).Take(12))}");
    }
}
