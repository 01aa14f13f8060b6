using System.Text.Json.Nodes;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Settings that are legal and unusual; the expectations are what Hugging Face's library gives.</summary>
public sealed class TokenizerSettingsTests
{
    [Fact]
    public void Read_SmallVocabularyAndSmallJson_AreTheSameTokenizer()
    {
        BertSettings json = (BertSettings)TokenizerJson.Read(SmallTokenizer.JsonPath);
        BertSettings vocabulary = VocabularyFile.Read(SmallTokenizer.VocabularyPath, "none");
        Assert.Equal(json.Vocabulary.Hash, vocabulary.Vocabulary.Hash);
        Assert.Equal(json.AddedTokens, vocabulary.AddedTokens.OrderBy(token => token.Id));
        Assert.Equal(
            json with { Vocabulary = vocabulary.Vocabulary, AddedTokens = vocabulary.AddedTokens }, vocabulary);
    }

    [Fact]
    public void Read_NoCleaning_KeepsControlCharacters()
    {
        BertSettings settings = SmallTokenizer.Settings(
            ["c\u200Bat"], json => json["normalizer"]!["clean_text"] = false);
        Assert.Equal("c\u200Bat sat", SmallTokenizer.Tokens(settings, "c\u200Bat\tsat"));
    }

    [Fact]
    public void Read_NoBlanksAroundIdeographs_KeepsThemTogether()
    {
        BertSettings settings = SmallTokenizer.Settings(
            ["博推", "博", "推"], json => json["normalizer"]!["handle_chinese_chars"] = false);
        Assert.Equal("博推", SmallTokenizer.Tokens(settings, "博推"));
    }

    [Fact]
    public void Read_AccentsKept_LowersThemOnly()
    {
        BertSettings settings = SmallTokenizer.Settings(
            ["naïve", "naive", "i\u0307"], json => json["normalizer"]!["strip_accents"] = false);
        Assert.Equal("naïve naive i\u0307", SmallTokenizer.Tokens(settings, "NAÏVE Naive İ"));
    }

    [Fact]
    public void Read_CaseKept_KeepsAccentsToo()
    {
        BertSettings settings = SmallTokenizer.Settings(
            ["Naïve", "Cat"], json => json["normalizer"]!["lowercase"] = false);
        Assert.Equal("Naïve Cat cat", SmallTokenizer.Tokens(settings, "Naïve Cat cat"));
    }

    [Fact]
    public void Read_AddedTokens_MatchTheLongestOfTheLeftmostInNormalizedText()
    {
        BertSettings settings = SmallTokenizer.Settings(
            ["abcd", "a", "cd", "ab"], Add(Token("abcd", 10), Token("a", 11), Token("cd", 12), Token("ab", 13)));
        Assert.Equal("abcd ab cd a", SmallTokenizer.Tokens(settings, "ABCDab cda"));
        Assert.Equal(["ÁBCD", "ab"], SmallTokenizer.Sources(settings, "ÁBCDab"));
    }

    [Fact]
    public void Read_AddedTokenThatTheModelLacks_IsAnEntry()
    {
        BertSettings settings = SmallTokenizer.Settings([], Add(Token("<url>", 10)));
        Assert.Equal(11, settings.Vocabulary.Size);
        Assert.Equal("the <url> cat", SmallTokenizer.Tokens(settings, "the<url>cat"));
    }

    [Fact]
    public void Read_AddedTokenThatIsASingleWord_DoesNotCountInsideAWord()
    {
        BertSettings settings = SmallTokenizer.Settings(["ox", "x"], Add(Token("ox", 10, ("single_word", true))));
        Assert.Equal("ox . [UNK] [UNK]", SmallTokenizer.Tokens(settings, "ox. foox oxen"));
    }

    [Theory]
    [InlineData("\u200D", false)]
    [InlineData("Ⓐ", false)]
    [InlineData("\U00010400", false)]
    [InlineData("\U0001F642", true)]
    [InlineData("½", true)]
    [InlineData("·", true)]
    public void Read_AddedTokenThatIsASingleWord_CountsBesideWhatIsNoWord(string beside, bool counts)
    {
        BertSettings settings = SmallTokenizer.Settings(["ox"], json =>
        {
            json["normalizer"]!["clean_text"] = false;
            Add(Token("ox", 10, ("single_word", true)))(json);
        });
        Assert.Equal(counts, SmallTokenizer.Tokens(settings, "ox" + beside).StartsWith("ox", StringComparison.Ordinal));
        Assert.Equal(counts, SmallTokenizer.Tokens(settings, beside + "ox").EndsWith("ox", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_VocabularyWithUnicodesLineEnds_SplitsAtLineFeedsOnly()
    {
        string[] lines = [.. File.ReadAllLines(SmallTokenizer.VocabularyPath), "\u2028", "a\u0085b", "c\fd", "last"];
        using ModelDirectory folder = new ModelDirectory().With("vocab.txt", string.Join("\r\n", lines) + "\r\n");
        BertSettings settings = VocabularyFile.Read(folder.PathOf("vocab.txt"), "none");
        Assert.Equal(lines, Enumerable.Range(0, settings.Vocabulary.Size).Select(id => settings.Vocabulary[id]));
    }

    [Fact]
    public void TokenizerHash_AnySettingChanged_IsAnother()
    {
        BertSettings small = (BertSettings)TokenizerJson.Read(SmallTokenizer.JsonPath);
        AddedToken[] added = [new AddedToken(6, "cat")];
        BertSettings[] others =
        [
            small, small with { CleanText = false }, small with { SpaceIdeographs = false },
            small with { StripAccents = false }, small with { Lowercase = false },
            small with { UnknownToken = "the" }, small with { FirstToken = "the" }, small with { LastToken = "the" },
            small with { ContinuingPrefix = "@@" }, small with { LongestWord = 99 }, small with { AddedTokens = [] },
            small with { AddedTokens = added }, small with { AddedTokens = [added[0] with { Special = true }] },
            small with { AddedTokens = [added[0] with { SingleWord = true }] },
            small with { AddedTokens = [added[0] with { StripLeft = true }] },
            small with { AddedTokens = [added[0] with { StripRight = true }] },
            small with { AddedTokens = [added[0] with { Normalized = true }] },
            small with { Vocabulary = new Vocabulary(["[PAD]"]) },
        ];
        Assert.Equal(others.Length, others.Select(TokenizerHash.Of).Distinct().Count());
        BertSettings vocabulary = VocabularyFile.Read(SmallTokenizer.VocabularyPath, "none");
        Assert.Equal(TokenizerHash.Of(small), TokenizerHash.Of(vocabulary));
    }

    [Fact]
    public void Read_AddedTokenThatStrips_TakesTheWhiteSpaceAroundIt()
    {
        BertSettings settings = SmallTokenizer.Settings(
            [], Add(Token("<m>", 10, ("lstrip", true), ("rstrip", true), ("normalized", false))));
        Assert.Equal(["cat", " \t<m>  ", "cat"], SmallTokenizer.Sources(settings, "cat \t<m>  cat"));
    }

    [Fact]
    public void Read_AddedTokenThatStripsBeforeOneWithABlank_IsFoundFirstAndStrippedAfterwards()
    {
        // Normalized, an ideograph has a blank on each side.
        BertSettings settings = SmallTokenizer.Settings(
            ["京", "fox"], Add(Token("puppy", 12, ("rstrip", true)), Token("東", 13)));
        Assert.Equal("puppy 東 京 [MASK] fox", SmallTokenizer.Tokens(settings, "puppy東京[MASK]FOX"));
        Assert.Equal("puppy 東", SmallTokenizer.Tokens(settings, "puppy東"));
        // The ligature has no canonical decomposition: it stays a part of the word.
        Assert.Equal("puppy 東 京 [MASK] [UNK]", SmallTokenizer.Tokens(settings, "puppy東京[MASK]ﬁFOX"));
    }

    [Fact]
    public void Read_EntriesWithGapsAndAnEmptyOne_KeepTheirIds()
    {
        BertSettings settings = SmallTokenizer.Settings([], json =>
        {
            json["model"]!["vocab"]![""] = 20;
            json["model"]!["vocab"]!["dog"] = 22;
        });
        Assert.Equal(23, settings.Vocabulary.Size);
        Assert.Equal("dog", settings.Vocabulary[22]);
        Assert.Null(settings.Vocabulary[21]);
        Assert.Equal("dog", SmallTokenizer.Tokens(settings, "dog"));
    }

    [Fact]
    public void Read_BertProcessing_SaysWhatStandsAroundAText()
    {
        BertSettings settings = SmallTokenizer.Settings(["<s>"], json => json["post_processor"] =
            JsonNode.Parse("""{"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["<s>", 10]}"""));
        Assert.Equal(("<s>", "[SEP]"), (settings.FirstToken, settings.LastToken));
    }

    [Theory]
    [InlineData("""{"do_lower_case": false}""", "Cat cat", false, false, true)]
    [InlineData("""{"strip_accents": false, "tokenize_chinese_chars": false}""", "[UNK] cat", true, false, false)]
    public void Read_VocabularyWithTokenizerConfig_HonoursItsFlags(
        string config, string tokens, bool lowercase, bool stripAccents, bool spaceIdeographs)
    {
        // As an editor on Windows leaves it.
        string[] lines = ["\uFEFF[PAD]", .. File.ReadAllLines(SmallTokenizer.VocabularyPath)[1..], "Cat"];
        using ModelDirectory folder = new ModelDirectory().With("tokenizer_config.json", config)
            .With("vocab.txt", string.Join("\r\n", lines));
        BertSettings settings =
            VocabularyFile.Read(folder.PathOf("vocab.txt"), folder.PathOf("tokenizer_config.json"));
        Assert.Equal((lowercase, stripAccents, spaceIdeographs),
            (settings.Lowercase, settings.StripAccents, settings.SpaceIdeographs));
        Assert.Equal(tokens, SmallTokenizer.Tokens(settings, lowercase ? "Cát cat" : "Cat cat"));
    }

    [DataTheory]
    [InlineData("added-token-order.json", "ABCD ab", "abcd ab")]
    [InlineData("dont-clean-text.json", "a", "[UNK]")]
    [InlineData("dont-handle-chinese-chars.json", "博推", "[UNK]")]
    [InlineData("dont-strip-accents.json", "é", "[UNK]")]
    [InlineData("with-empty-token.json", "a b", "[UNK] [UNK]")]
    [InlineData("with-single-word-added-token.json", "a[SEP] [SEP] [SEP]", "[UNK] [UNK] [UNK] [UNK] [SEP] [SEP]")]
    public void Read_SettingsOfAnotherLibrary_AreHonoured(string file, string text, string tokens) => Assert.Equal(
        tokens, SmallTokenizer.Tokens(TokenizerJson.Read(TestData.PathOf("tokenizer", "settings", file)), text));

    private static Action<JsonNode> Add(params JsonNode[] tokens) => json =>
    {
        foreach (JsonNode token in tokens) json["added_tokens"]!.AsArray().Add(token);
    };

    private static JsonObject Token(string content, int id, params (string Flag, bool Value)[] flags)
    {
        var token = new JsonObject { ["id"] = id, ["content"] = content, ["special"] = false, ["normalized"] = true };
        foreach ((string flag, bool value) in flags) token[flag] = value;
        return token;
    }
}
