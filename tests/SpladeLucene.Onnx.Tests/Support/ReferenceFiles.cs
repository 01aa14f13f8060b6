using System.Text.Json.Nodes;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>The kinds of tokenizer.json that are compared with Hugging Face's own library, by what is said of them.</summary>
internal static class ReferenceFiles
{
    private const string Spaced = """
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "SCHEME", "split": true}
        """;

    private const string Stripping = """
        {"type": "Sequence", "normalizers": [{"type": "Strip", "strip_left": false, "strip_right": true},
         {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": "▁"}]}
        """;

    /// <summary>Byte-level BPE.</summary>
    public static string ByteLevel(string kind) => BytePairFile.Json(json =>
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
    });

    /// <summary>Unigram; <paramref name="scheme"/> is where blanks are put first, as the file has it unless given.</summary>
    public static string Unigram(string? scheme, bool split) => UnigramFile.Json(json =>
    {
        if (scheme is null) return;
        string metaspace = Spaced.Replace("SCHEME", scheme, StringComparison.Ordinal);
        json["pre_tokenizer"] = JsonNode.Parse(!split ? metaspace : $$"""
            {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {{metaspace}}]}
            """);
        JsonNode steps = JsonNode.Parse(Stripping)!;
        steps["normalizers"]!.AsArray().Insert(0, json["normalizer"]!.DeepClone());
        json["normalizer"] = steps;
    });

    /// <summary>WordPiece, lowercase or cased.</summary>
    public static string WordPiece(bool lowercase)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(SmallTokenizer.JsonPath))!;
        json["normalizer"]!["lowercase"] = lowercase;
        json["post_processor"] =
            JsonNode.Parse("""{"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}""");
        return json.ToJsonString();
    }
}
