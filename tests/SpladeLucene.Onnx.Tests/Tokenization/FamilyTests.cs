using System.Text.Json.Nodes;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Byte-level BPE and Unigram: where their tokens come from, and what they are refused for.</summary>
public sealed class FamilyTests
{
    private static TokenizerSettings BytePairs(Action<JsonNode>? change = null) => Read(BytePairFile.Json(change));

    private static TokenizerSettings Unigram(Action<JsonNode>? change = null) => Read(UnigramFile.Json(change));

    [Theory]
    [InlineData("the cats", "the|cats")]
    [InlineData("  the\tcats ", " |the|\t|cats| ")]
    [InlineData("The index of", "The|index|of")]
    [InlineData("naïve \U0001F642", "naïve| |\U0001F642|\U0001F642|\U0001F642|\U0001F642")]
    [InlineData("the <mask>cat", "the| <mask>|cat")]
    public void Encode_ByteLevel_KnowsWhereEachWordCameFrom(string text, string words) =>
        Assert.Equal(words.Split('|'), Merged(BytePairs(), text));

    [Fact]
    public void Encode_HalfASurrogatePair_IsAReplacementCharacter()
    {
        foreach (TokenizerSettings settings in new[] { BytePairs(), Unigram() })
        {
            Assert.Equal(SmallTokenizer.Tokens(settings, "the \uFFFDcat"), SmallTokenizer.Tokens(settings, "the \uD83Dcat"));
            Assert.Equal(SmallTokenizer.Tokens(settings, "the\uFFFD"), SmallTokenizer.Tokens(settings, "the\uDE42"));
        }
    }

    [Fact]
    public void Encode_ByteLevelComposed_SpansCoverTheMarks()
    {
        TokenizerSettings composed = BytePairs(json => json["normalizer"] = JsonNode.Parse("""{"type": "NFC"}"""));
        Assert.Equal(SmallTokenizer.Tokens(composed, "café"), SmallTokenizer.Tokens(composed, "cafe\u0301"));
        Assert.Equal("cafe\u0301", string.Concat(Merged(composed, "cafe\u0301")));
        Assert.NotEqual(SmallTokenizer.Tokens(BytePairs(), "café"), SmallTokenizer.Tokens(BytePairs(), "cafe\u0301"));
    }

    [Theory]
    [InlineData("the cats", "the|cats")]
    [InlineData("  the\tcats ", "the|cats")]
    [InlineData("theＡ", "the|Ａ")]
    [InlineData("caf\u00E9 cafe\u0301", "café|cafe\u0301")]
    [InlineData("\U0001F642\U0001F642 cat", "\U0001F642|\U0001F642\U0001F642|cat")]
    public void Encode_Unigram_KnowsWhereEachWordCameFrom(string text, string words) =>
        Assert.Equal(words.Split('|'), Merged(Unigram(), text));

    [Fact]
    public void Encode_RandomUnicode_NeverThrowsAndOffsetsAscendWithinTheText()
    {
        var random = new Random(16);
        foreach (TokenizerSettings settings in new[] { BytePairs(), Unigram() })
        {
            TextTokenizer tokenizer = settings.NewTokenizer();
            for (int round = 0; round < 3000; round++)
            {
                string text = ReferenceTokenizer.RandomText(random).Insert(0, $"{(char)random.Next(0xD800, 0xE000)}");
                BertTokenizerTests.AssertSpansAscend(tokenizer.Encode(text, int.MaxValue), text);
            }
        }
    }

    [Fact]
    public void Encode_LongTextWithALimit_KeepsTheBeginningAndTheLastToken()
    {
        foreach (TokenizerSettings settings in new[] { BytePairs(), Unigram() })
        {
            TextTokenizer tokenizer = settings.NewTokenizer();
            int[] all = tokenizer.Encode("the cats of Привет", int.MaxValue).Ids.ToArray();
            for (int limit = 2; limit <= all.Length; limit++)
                Assert.Equal([.. all[..(limit - 1)], all[^1]], tokenizer.Encode("the cats of Привет", limit).Ids.ToArray());
            // With the two around it, and perhaps a mark before it.
            Assert.InRange(tokenizer.Encode(new string('x', 1 << 17), int.MaxValue).Count, 3, (1 << 17) + 3);
        }
    }

    [Theory]
    [InlineData("normalizer", """{"type": "NFKC"}""", "'normalizer.type' is \"NFKC\"; expected \"NFC\", or none")]
    [InlineData("pre_tokenizer", """{"type": "Whitespace"}""", "'pre_tokenizer.type' is \"Whitespace\"; expected \"ByteLevel\"")]
    [InlineData("pre_tokenizer", """{"type": "ByteLevel", "use_regex": false}""", "'pre_tokenizer.use_regex' is false")]
    [InlineData("model.byte_fallback", "true", "'model.byte_fallback' is true; expected false")]
    [InlineData("model.ignore_merges", "true", "'model.ignore_merges' is true; expected false")]
    [InlineData("model.dropout", "0.1", "'model.dropout' is 0.1; expected none")]
    [InlineData("model.end_of_word_suffix", "\"_\"", "'model.end_of_word_suffix' is \"_\"; expected \"\"")]
    [InlineData("model.merges", """["\u0120 t", "q"]""", "the merge at index 1 is \"q\"; expected two entries that make a third")]
    [InlineData("model.merges", """["\u0120 t", "\u0120 t"]""", "the merge 'Ġ t' stands twice; expected each merge once")]
    [InlineData("model.merges", """[["t", "\u0120\u0120"]]""", "the merge at index 0 is")]
    [InlineData("model.vocab", """{"<s>": 0, "!": 1}""", "255 of the 256 bytes are no entries")]
    public void Read_ByteLevelThatIsNotDone_IsRefusedByName(string member, string json, string reason) =>
        AssertRefused(reason, () => BytePairs(file => Set(file, member, json)));

    [Theory]
    [InlineData("normalizer", """{"type": "NFKC"}""", "'normalizer.type' is \"NFKC\"; expected Precompiled, Strip, Replace")]
    [InlineData("normalizer", """{"type": "Precompiled", "precompiled_charsmap": "?"}""", "'normalizer.precompiled_charsmap' is")]
    [InlineData("normalizer", """{"type": "Precompiled", "precompiled_charsmap": "/////w=="}""", "expected SentencePiece's table")]
    [InlineData("normalizer", """{"type": "Replace", "pattern": {"Regex": "a+"}, "content": ""}""", "'normalizer.pattern' is")]
    [InlineData("pre_tokenizer", """{"type": "Whitespace"}""", "expected a Metaspace, alone or behind a WhitespaceSplit")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace", "replacement": "_"}""", "'pre_tokenizer.replacement' is \"_\"")]
    [InlineData("pre_tokenizer", """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "last"}""", "expected \"always\"")]
    [InlineData("model.byte_fallback", "true", "'model.byte_fallback' is true; expected false")]
    [InlineData("model.unk_id", "null", "'model.unk_id' is null; expected the id of the unknown token")]
    [InlineData("model.unk_id", "99999", "'model.unk_id' is 99999; expected an entry's id")]
    [InlineData("model.vocab", "[]", "'model.vocab' is []; expected 1 to")]
    [InlineData("model.vocab", """[["<s>", 0], ["a"]]""", "the entry of the id 1 is [\"a\"]")]
    [InlineData("model.vocab", """[["<s>", 0], ["<s>", 1]]""", "the entry '<s>' stands twice")]
    public void Read_UnigramThatIsNotDone_IsRefusedByName(string member, string json, string reason) =>
        AssertRefused(reason, () => Unigram(file => Set(file, member, json)));

    // Hugging Face's library reads it so: what no merge makes is never met.
    [Fact]
    public void Encode_MergesOfWhatNoMergeMakes_ComeToNothing()
    {
        TextTokenizer withoutFirst = BytePairs(json => json["model"]!["merges"]!.AsArray().RemoveAt(0)).NewTokenizer();
        TextTokenizer reachable = BytePairs(json =>
        {
            JsonArray merges = json["model"]!["merges"]!.AsArray();
            merges.RemoveAt(0);
            var made = new HashSet<string>(ByteLevelTokenizer.Alphabet, StringComparer.Ordinal);
            foreach (JsonNode? merge in merges.ToArray())
            {
                string[] parts = merge!.GetValue<string>().Split(' ');
                if (parts.All(made.Contains)) made.Add(string.Concat(parts));
                else merges.Remove(merge);
            }
        }).NewTokenizer();

        foreach (string text in new[] { "The index of the library", " the then theory", "catalog of cats", "isn't" })
            Assert.Equal(reachable.Encode(text, 100).Ids.ToArray(), withoutFirst.Encode(text, 100).Ids.ToArray());
    }

    [Fact]
    public void TokenizerHash_OfEachFamilysSettings_IsAnother()
    {
        TokenizerSettings[] all =
        [
            BytePairs(), BytePairs(json => json["pre_tokenizer"]!["add_prefix_space"] = true),
            BytePairs(json => json["normalizer"] = JsonNode.Parse("""{"type": "NFC"}""")),
            BytePairs(json => json["model"]!["merges"]!.AsArray().RemoveAt(0)),
            Unigram(), Unigram(json => json["normalizer"] = null),
            Unigram(json => json["model"]!["vocab"]!.AsArray()[5]!.AsArray()[1] = -1.0),
            Unigram(json => json["pre_tokenizer"] = JsonNode.Parse("""{"type": "Metaspace", "replacement": "▁"}""")),
        ];
        Assert.Equal(all.Length, all.Select(TokenizerHash.Of).Distinct().Count());
    }

    [Fact]
    public void Padding_IsWhatTheFolderCallsIt()
    {
        Assert.Equal("<pad>", BytePairs().PaddingToken);
        using ModelDirectory folder = new ModelDirectory().With("tokenizer.json", BytePairFile.Json())
            .With("tokenizer_config.json", """{"pad_token": "<unk>"}""");
        Assert.Equal("<unk>", TokenizerJson.Read(folder.PathOf("tokenizer.json")).PaddingToken);
        folder.With("tokenizer_config.json", """{"pad_token": "[none]"}""");
        AssertRefused("[none] is not among", () => TokenizerJson.Read(folder.PathOf("tokenizer.json")));
    }

    private static void AssertRefused(string reason, Action read) => Assert.Contains(
        reason, Assert.Throws<ModelLoadException>(read).Message, StringComparison.Ordinal);

    private static void Set(JsonNode file, string member, string json)
    {
        string[] path = member.Split('.');
        foreach (string part in path[..^1]) file = file[part]!;
        file[path[^1]] = JsonNode.Parse(json);
    }

    // Neighbouring parts of one word as one.
    private static string[] Merged(TokenizerSettings settings, string text)
    {
        TokenSequence tokens = settings.NewTokenizer().Encode(text, int.MaxValue);
        var words = new List<SourceSpan>();
        for (int i = 1; i < tokens.Count - 1; i++)
        {
            SourceSpan span = tokens.SpanAt(i)!.Value;
            bool letters = words.Count > 0 && words[^1].End >= span.Start
                && char.IsLetter(text[span.Start]) && char.IsLetter(text[words[^1].Start]) && text[span.Start] != 'Ａ';
            if (letters) words[^1] = words[^1] with { End = span.End };
            else words.Add(span);
        }

        return [.. words.Select(span => text[span.Start..span.End])];
    }

    private static TokenizerSettings Read(string json)
    {
        using ModelDirectory folder = new ModelDirectory().With("tokenizer.json", json);
        return TokenizerJson.Read(folder.PathOf("tokenizer.json"));
    }
}
