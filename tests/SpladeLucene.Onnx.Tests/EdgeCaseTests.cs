using System.Text.Json;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>The cases that public tokenizer tests agree on.</summary>
public sealed class EdgeCaseTests
{
    [DataFact]
    public void Encode_CollectedEdgeCases_GivesTheirTokensIdsAndOffsets()
    {
        string path = TestData.PathOf("tokenizer", "tokenizer_edge_cases.json");
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        int checks = 0;
        foreach (JsonElement group in file.RootElement.EnumerateArray())
        {
            BertSettings? settings = SettingsOf(group);
            foreach (JsonElement test in group.GetProperty("cases").EnumerateArray())
            {
                // One case is of the step after lower-casing and says so.
                if (test.TryGetProperty("note", out _)) continue;
                Check(settings, test);
                checks++;
            }
        }

        Assert.Equal(13, checks);
    }

    private static void Check(BertSettings? settings, JsonElement test)
    {
        string text = test.GetProperty("text").GetString()!;
        if (test.TryGetProperty("basic", out JsonElement basic))
        {
            string normalized = new BertNormalizer(true, true, true, true).Normalize(text);
            Assert.Equal(Strings(basic), BertPreTokenizer.Instance.PreTokenize(normalized)
                .Select(word => normalized.Substring(word.Offset, word.Length)));
            return;
        }

        TokenSequence got = new BertTokenizer(settings!).Encode(text, int.MaxValue);
        string[] expected = Strings(test.GetProperty("tokens"));
        int skip = expected is ["[CLS]", ..] ? 0 : 1;
        int[] ids = got.Ids[skip..^skip].ToArray();
        Assert.Equal(expected, ids.Select(id => settings!.Vocabulary[id]));
        if (test.TryGetProperty("ids", out JsonElement wanted))
            Assert.Equal(wanted.EnumerateArray().Select(id => id.GetInt32()), ids);
        if (test.TryGetProperty("offsets", out JsonElement offsets)) CheckOffsets(offsets, got);
    }

    private static void CheckOffsets(JsonElement offsets, TokenSequence got)
    {
        for (int i = 0; i < got.Count; i++)
            Assert.Equal(new SourceSpan(offsets[i][0].GetInt32(), offsets[i][1].GetInt32()), got.SpanAt(i) ?? default);
    }

    private static BertSettings? SettingsOf(JsonElement group)
    {
        if (!group.TryGetProperty("vocab", out JsonElement vocabulary)) return null;
        return vocabulary.ValueKind == JsonValueKind.String
            ? VocabularyFile.Read(TestData.PathOf("vocab", "bert-base-uncased.txt"), "none")
            : new BertSettings(new Vocabulary(Strings(vocabulary)), []);
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
}
