using System.IO.Compression;
using System.Text;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Tokens of real text, against lists that others published.</summary>
public sealed class PublishedTokensTests
{
    private static readonly Lazy<TokenizerSettings> FromJson =
        new(() => TokenizerJson.Read(TestData.PathOf("tokenizer", "tokenizer.json")));

    private static readonly Lazy<TokenizerSettings> FromVocabulary =
        new(() => VocabularyFile.Read(TestData.PathOf("vocab", "bert-base-uncased.txt"), "none"));

    public static TheoryData<string, int> Sets => new()
    {
        { "beir-v1.0.0-arguana.test", 1406 },
        { "beir-v1.0.0-hotpotqa.test", 7405 },
        { "beir-v1.0.0-nfcorpus.test", 323 },
        { "beir-v1.0.0-quora.test", 10000 },
        { "beir-v1.0.0-scifact.test", 300 },
    };

    [DataTheory]
    [MemberData(nameof(Sets))]
    public void Encode_PublishedPairs_GivesTheSameTokens(string set, int pairs)
    {
        var tokenizer = FromJson.Value.NewTokenizer();
        Dictionary<string, string> texts = Read($"topics.{set}.tsv.gz");
        Dictionary<string, string> expected = Read($"topics.{set}.wp.tsv.gz");
        var differences = new List<string>();
        foreach ((string id, string tokens) in expected)
        {
            string got = Tokens(tokenizer, texts[id]);
            if (got != tokens.Trim()) differences.Add($"{id}: {texts[id]}\n  expected {tokens}\n  got      {got}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences.Take(5))}");
        Assert.Equal(pairs, expected.Count);
    }

    [DataTheory]
    [MemberData(nameof(Sets))]
    public void Encode_VocabularyFileAndTokenizerJson_Agree(string set, int pairs)
    {
        var one = FromJson.Value.NewTokenizer();
        var other = FromVocabulary.Value.NewTokenizer();
        Dictionary<string, string> texts = Read($"topics.{set}.tsv.gz");
        Assert.Equal(pairs, texts.Count);
        foreach (string text in texts.Values)
        {
            Assert.Equal(one.Encode(text, int.MaxValue).Ids.ToArray(), other.Encode(text, int.MaxValue).Ids.ToArray());
        }
    }

    [DataFact]
    public void Hash_VocabularyFileAndTokenizerJson_Agree() =>
        Assert.Equal(FromJson.Value.Vocabulary.Hash, FromVocabulary.Value.Vocabulary.Hash);

    private static string Tokens(TextTokenizer tokenizer, string text)
    {
        var tokens = new StringBuilder();
        foreach (int id in tokenizer.Encode(text, int.MaxValue).Ids[1..^1])
            tokens.Append(tokens.Length > 0 ? " " : "").Append(FromJson.Value.Vocabulary[id]);
        return tokens.ToString();
    }

    private static Dictionary<string, string> Read(string name)
    {
        using var file = new GZipStream(File.OpenRead(TestData.PathOf("tokenizer", name)), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        var lines = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split('\t', 2);
            lines[parts[0]] = parts[1];
        }

        return lines;
    }
}
