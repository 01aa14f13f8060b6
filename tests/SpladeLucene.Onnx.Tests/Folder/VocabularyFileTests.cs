using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>What stands beside a vocab.txt and changes its tokens.</summary>
public sealed class VocabularyFileTests
{
    private static readonly string[] Entries = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "dog", "cat", "東", "京"];

    [Theory]
    [InlineData("added_tokens.json", """{"park": 9}""")]
    [InlineData("tokenizer_config.json", """
        {"added_tokens_decoder": {"9": {"content": "park", "lstrip": false, "normalized": true, "rstrip": false,
         "single_word": false, "special": false}}}
        """)]
    public void Read_AddedTokens_AreFoundWithinWords(string file, string json)
    {
        BertSettings settings = Settings((file, json));
        Assert.Equal("park", settings.Vocabulary[9]);
        Assert.Equal("dog park cat", SmallTokenizer.Tokens(settings, "DogPark cat"));
        Assert.Equal(["Dog", "Park", "cat"], SmallTokenizer.Sources(settings, "DogPark cat"));
    }

    [Fact]
    public void Read_DecoderBesideAddedTokens_Counts() => Assert.Equal("dog park", SmallTokenizer.Tokens(Settings(
        ("added_tokens.json", """{"lawn": 9}"""),
        ("tokenizer_config.json", """{"added_tokens_decoder": {"9": {"content": "park"}}}""")), "dogpark"));

    [Fact]
    public void Read_DecoderOfTheUsualTokens_IsTheUsualTokenizer()
    {
        string tokens = string.Join(", ", Entries[..5].Select((entry, id) =>
            $$"""
            "{{id}}": {"content": "{{entry}}", "normalized": false, "special": true}
            """));
        BertSettings usual = Settings();
        BertSettings decoded = Settings(("tokenizer_config.json", $$"""
            {"added_tokens_decoder": { {{tokens}} }, "tokenizer_class": "BertTokenizerFast", "unk_token": "[UNK]",
             "mask_token": {"content": "[MASK]"}, "never_split": [], "model_max_length": 512,
             "additional_special_tokens": ["[MASK]"], "clean_up_tokenization_spaces": true}
            """));
        Assert.Equal(TokenizerHash.Of(usual), TokenizerHash.Of(decoded));
    }

    [Theory]
    [InlineData("""{"tokenizer_class": "BertJapaneseTokenizer", "word_tokenizer_type": "mecab"}""",
        "'word_tokenizer_type' is \"mecab\"; expected \"basic\"; else encode elsewhere and import the vectors")]
    [InlineData("""{"tokenizer_class": "BertJapaneseTokenizer"}""", "'tokenizer_class' is \"BertJapaneseTokenizer\"")]
    [InlineData("""{"tokenizer_class": "RoFormerTokenizer"}""", "'tokenizer_class' is \"RoFormerTokenizer\"; expected a tokenizer that cuts words by its vocabulary")]
    [InlineData("""{"tokenizer_class": "XLMRobertaTokenizer"}""", "'tokenizer_class' is \"XLMRobertaTokenizer\"")]
    [InlineData("""{"subword_tokenizer_type": "character"}""", "'subword_tokenizer_type' is \"character\"")]
    [InlineData("""{"do_basic_tokenize": false}""", "'do_basic_tokenize' is false; expected true")]
    [InlineData("""{"split_special_tokens": true}""", "'split_special_tokens' is true; expected false")]
    [InlineData("""{"never_split": ["cat"]}""", "'never_split' is [\"cat\"]; expected none")]
    [InlineData("""{"truncation_side": "left"}""", "'truncation_side' is \"left\"; expected \"right\"")]
    [InlineData("""{"wordpieces_prefix": "@@"}""", "'wordpieces_prefix' is \"@@\"; expected \"##\"")]
    [InlineData("""{"cls_token": "<s>"}""", "<s> is not among the 9 vocabulary entries")]
    [InlineData("""{"pad_token": {"content": "<pad>"}}""", "<pad> is not among the 9 vocabulary entries")]
    [InlineData("""{"sep_token": 3}""", "'sep_token' is 3; expected a token")]
    [InlineData("""{"additional_special_tokens": ["<url>"]}""", "expected '<url>' as a special token")]
    [InlineData("""{"extra_special_tokens": {"url": "<url>"}}""", "'extra_special_tokens' is {\"url\": \"<url>\"}; expected '<url>' as a special token")]
    [InlineData("""{"added_tokens_decoder": {"x": {"content": "park"}}}""", "'added_tokens_decoder.x' is")]
    [InlineData("""{"added_tokens_decoder": {"9": {}}}""", "'added_tokens_decoder.9.content' is missing")]
    public void Read_SettingThatIsNotDone_IsRefusedByName(string config, string reason) => Assert.Contains(reason,
        Assert.Throws<ModelLoadException>(() => Settings(("tokenizer_config.json", config))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("config.json", """{"tokenizer_class": "BertJapaneseTokenizer"}""", "'tokenizer_class' is \"BertJapaneseTokenizer\"")]
    [InlineData("config.json", """{"tokenizer_class": null, "model_type": "roformer"}""", "'model_type' is \"roformer\"")]
    [InlineData("special_tokens_map.json", """{"additional_special_tokens": ["<url>"]}""", "'additional_special_tokens' is [\"<url>\"]")]
    public void Read_SettingOfAnotherFile_IsRefusedByName(string file, string json, string reason) => Assert.Contains(reason,
        Assert.Throws<ModelLoadException>(() => Settings((file, json))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("special_tokens_map.json", """{"additional_special_tokens": ["cat"]}""")]
    [InlineData("tokenizer_config.json", """{"extra_special_tokens": ["cat"]}""")]
    [InlineData("tokenizer_config.json", """{"additional_special_tokens": {"pet": "cat"}}""")]
    public void Read_SpecialTokensOfTheFoldersOwn_AreFoundBeforeWords(string file, string json)
    {
        BertSettings settings = Settings((file, json));
        Assert.Equal("dog cat", SmallTokenizer.Tokens(settings, "dogcat"));
        Assert.Contains(6, SpecialTokens.Of(settings));
        Assert.Equal("park", SmallTokenizer.Tokens(Settings(("added_tokens.json", """{"park": 9}"""),
            ("special_tokens_map.json", """{"additional_special_tokens": ["park"]}""")), "park"));
    }

    [Theory]
    [InlineData("tokenizer_config.json")]
    [InlineData("special_tokens_map.json")]
    public async Task Read_OtherSpecialTokens_AreTheOnesThatTheFolderNames(string file)
    {
        string[] others = ["<pad>", "<unk>", "<s>", "</s>", "<mask>"];
        using ModelDirectory folder = new TableModel().Set("apple", "apple", 2).Set("[SEP]", "fig", 3).Folder();
        using ModelDirectory renamed = new TableModel().Set("apple", "apple", 2).Set("[SEP]", "fig", 3).Folder();
        renamed.With("vocab.txt", string.Join('\n', others.Concat(TableModel.Entries[5..])) + "\n").With(file, """
            {"unk_token": "<unk>", "cls_token": {"content": "<s>"}, "sep_token": "</s>", "pad_token": "<pad>",
             "mask_token": "<mask>"}
            """);
        using OnnxSparseEncoder expected = OnnxSparseEncoder.Load(folder.Path), encoder = OnnxSparseEncoder.Load(renamed.Path);
        string[] texts = ["apple [MASK] bread", "apple", "an apple and a fig <mask>", "<s></s>"];
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            // Padding, were it pooled, would win everything, and special tokens are no terms.
            SparseVector due = expected.Encode(texts[i].Replace("<mask>", "[MASK]").Replace("<s></s>", "[CLS][SEP]"));
            Assert.Equal(due.Select(term => (term.Term, term.Weight)), vectors[i].Select(term => (term.Term, term.Weight)));
        }
    }

    [Fact]
    public void Read_SpecialTokensThatTwoFilesNameDifferently_AreRefused() => Assert.Contains(
        "'cls_token' is \"[MASK]\"; expected \"[CLS]\", as tokenizer_config.json has it", Assert.Throws<ModelLoadException>(
            () => Settings(("tokenizer_config.json", """{"cls_token": "[CLS]"}"""),
                ("special_tokens_map.json", """{"cls_token": "[MASK]"}"""))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"cat": 12}""", "the added token 'cat' has the id 12, and the entry 6")]
    [InlineData("""{"park": 6}""", "'cat' and 'park' share the id 6")]
    [InlineData("""{"park": -1}""", "'park' is -1; expected 0 to 4194303")]
    public void Read_AddedTokenOfAnothersId_IsRefused(string added, string reason) => Assert.Contains(reason,
        Assert.Throws<ModelLoadException>(() => Settings(("added_tokens.json", added))).Message,
        StringComparison.Ordinal);

    private static BertSettings Settings(params (string Name, string Json)[] files)
    {
        using ModelDirectory folder = new ModelDirectory().With("vocab.txt", string.Join('\n', Entries) + "\n");
        foreach ((string name, string json) in files) folder.With(name, json);
        return VocabularyFile.Read(folder.PathOf("vocab.txt"), folder.PathOf("tokenizer_config.json"));
    }
}
