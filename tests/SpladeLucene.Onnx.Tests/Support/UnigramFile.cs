using System.Text.Json.Nodes;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>A tokenizer.json with a Unigram over the parts of a few words.</summary>
internal static class UnigramFile
{
    private const string Sentences =
        "The index of the library is where the words are and where lists of places are kept "
        + "café naïve Привет мир 東京都 東京 theory then there 42 420 cat cats catalog dogs dog ... ' - é";

    public static readonly string[] Specials = ["<s>", "<pad>", "</s>", "<unk>"];

    /// <summary>Written as SentencePiece's nmt_nfkc does: wide letters narrow, white space a blank, controls nothing.</summary>
    private static readonly (string From, string To)[] Replaced =
    [
        ("Ａ", "A"), ("ﬁ", "fi"), ("\u00A0", " "), ("\t", " "), ("\n", " "), ("\r", " "), ("\u3000", " "), ("\u2028", " "),
        ("\u0001", ""), ("\u200D", ""), ("\uFEFF", ""), ("e\u0301", "é"), ("²", "2"), ("½", "1⁄2"), ("Ⅷ", "VIII"),
        ("™", "TM"), ("…", "..."), ("\u0085", " "), ("x\u0327", "y"),
    ];

    /// <param name="change">What is different from XLM-R's.</param>
    public static string Json(Action<JsonNode>? change = null)
    {
        var vocabulary = new JsonArray();
        foreach (string special in Specials) vocabulary.Add(new JsonArray(special, 0.0));
        foreach (string piece in Pieces()) vocabulary.Add(new JsonArray(piece, Score(piece)));
        vocabulary.Add(new JsonArray("<mask>", 0.0));
        int mask = vocabulary.Count - 1;
        var json = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. Specials.Append("<mask>").Select((token, place) =>
                SmallTokenizer.Special(token, token == "<mask>" ? mask : place, normalized: false))]),
            ["normalizer"] = new JsonObject
            {
                ["type"] = "Precompiled", ["precompiled_charsmap"] = Convert.ToBase64String(CharacterMap.Build(Replaced)),
            },
            ["pre_tokenizer"] = JsonNode.Parse("""
                {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
                 {"type": "Metaspace", "replacement": "▁", "add_prefix_space": true}]}
                """),
            ["post_processor"] = JsonNode.Parse("""
                {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                 {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}], "pair": [],
                 "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
                 "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}}
                """),
            ["model"] = new JsonObject { ["type"] = "Unigram", ["unk_id"] = 3, ["vocab"] = vocabulary },
        };
        change?.Invoke(json);
        return json.ToJsonString();
    }

    // All parts of the words, letters among them.
    private static IEnumerable<string> Pieces() => Sentences.Split(' ').Select(word => "\u2581" + word)
        .SelectMany(word => Enumerable.Range(0, word.Length).SelectMany(start =>
            Enumerable.Range(1, Math.Min(6, word.Length - start)).Select(length => word.Substring(start, length))))
        .Distinct();

    // No two alike, and longer parts worth more than their letters.
    private static double Score(string piece) =>
        -6 - (piece.Aggregate(17, (sum, unit) => ((sum * 31) + unit) % 9973) / 1500.0) + (0.7 * piece.Length);
}
