using System.Text;
using System.Text.Json.Nodes;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>A tokenizer.json with a byte-level BPE that is trained on a few sentences.</summary>
internal static class BytePairFile
{
    private const int Merges = 300;

    private const string Sentences =
        "The index of the library isn't where the words are, but where the lists of their places are kept. "
        + "They'll don't café naïve Привет мир 東京都 東京 the theory then there 42 420 2024 cat cats catalog dogs dog ";

    public static readonly string[] Specials = ["<s>", "<pad>", "</s>", "<unk>"];

    /// <param name="change">What is different from RoBERTa's.</param>
    public static string Json(Action<JsonNode>? change = null)
    {
        List<(string Left, string Right)> merges = Train();
        var vocabulary = new JsonObject();
        IEnumerable<string> entries = Specials.Concat(ByteLevelTokenizer.Alphabet)
            .Concat(merges.Select(merge => merge.Left + merge.Right)).Append("<mask>").Distinct();
        foreach (string entry in entries) vocabulary.Add(entry, vocabulary.Count);
        var json = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. Specials.Append("<mask>")
                .Select(token => SmallTokenizer.Special(token, (int)vocabulary[token]!, normalized: true))]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse("""{"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}"""),
            ["post_processor"] = JsonNode.Parse("""
                {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": true,
                 "add_prefix_space": false}
                """),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE", ["dropout"] = null, ["unk_token"] = null, ["continuing_subword_prefix"] = "",
                ["end_of_word_suffix"] = "", ["fuse_unk"] = false, ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(merge => $"{merge.Left} {merge.Right}")]),
            },
        };
        change?.Invoke(json);
        return json.ToJsonString();
    }

    // The pair that stands there most often becomes one, again and again.
    private static List<(string Left, string Right)> Train()
    {
        List<string>[] words = [.. Sentences.Split(' ').Select(word => Encoding.UTF8.GetBytes(" " + word)
            .Select(value => ByteLevelTokenizer.Alphabet[value]).ToList())];
        var merges = new List<(string Left, string Right)>();
        while (merges.Count < Merges)
        {
            IEnumerable<(string, string)> pairs = words.SelectMany(word => word.Zip(word.Skip(1)));
            if (pairs.CountBy(pair => pair).OrderByDescending(pair => pair.Value).FirstOrDefault().Key is not
                { Item1: not null } best)
                break;
            merges.Add(best);
            foreach (List<string> word in words)
            {
                for (int i = 0; i + 1 < word.Count; i++)
                {
                    if ((word[i], word[i + 1]) != best) continue;
                    word[i] += word[i + 1];
                    word.RemoveAt(i + 1);
                }
            }
        }

        return merges;
    }
}
