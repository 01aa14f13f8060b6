using System.Text.Json.Nodes;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>Tokenizers over a few entries: a small tokenizer.json with one thing or another changed.</summary>
internal static class SmallTokenizer
{
    public static string JsonPath => Path.Combine(AppContext.BaseDirectory, "data", "tokenizer", "small.json");

    public static string VocabularyPath => Path.Combine(AppContext.BaseDirectory, "data", "tokenizer", "small.txt");

    /// <summary>The settings of small.json with more entries, after <paramref name="change"/>.</summary>
    public static BertSettings Settings(string[] entries, Action<JsonNode>? change = null)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(JsonPath))!;
        var vocabulary = json["model"]!["vocab"]!.AsObject();
        foreach (string entry in entries) vocabulary.Add(entry, vocabulary.Count);
        change?.Invoke(json);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json.ToJsonString());
            return (BertSettings)TokenizerJson.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The tokens of a text between the first and the last, separated by blanks.</summary>
    public static string Tokens(TokenizerSettings settings, string text)
    {
        int[] ids = settings.NewTokenizer().Encode(text, int.MaxValue).Ids[1..^1].ToArray();
        return string.Join(' ', ids.Select(id => settings.Vocabulary[id]));
    }

    /// <summary>What the tokens of a text stand for in it, the first and the last token left out.</summary>
    public static string[] Sources(TokenizerSettings settings, string text)
    {
        TokenSequence tokens = settings.NewTokenizer().Encode(text, int.MaxValue);
        return [.. Enumerable.Range(1, tokens.Count - 2).Select(i => tokens.SpanAt(i)!.Value)
            .Select(span => text[span.Start..span.End])];
    }

    /// <summary>A special token as tokenizer.json has it; a mask takes the blank before it along.</summary>
    public static JsonObject Special(string content, int id, bool normalized) => new()
    {
        ["id"] = id, ["content"] = content, ["special"] = true, ["single_word"] = false, ["rstrip"] = false,
        ["lstrip"] = content == "<mask>", ["normalized"] = normalized && content != "<mask>",
    };
}
