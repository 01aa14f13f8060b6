using System.Text.Json.Nodes;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>
/// What stands beside a tokenizer.json: where Hugging Face's transformers, of version 4 and of 5, takes it in the place of what that
/// says, so it is here; else it is the same, or refused by its name.
/// </summary>
public sealed class TokenizerConfigTests
{
    private const string Config = "tokenizer_config.json";

    [Theory]
    [InlineData("""{"do_lower_case": false}""", "Naïve Cat cat")]
    [InlineData("""{"do_lower_case": true, "strip_accents": false}""", "[UNK] cat cat")]
    [InlineData("""{"do_lower_case": false, "strip_accents": true}""", "[UNK] Cat cat")]
    [InlineData("""{"strip_accents": null, "tokenize_chinese_chars": true}""", "naive cat cat")]
    public void Read_ConfigOfBerts_CountsBeforeTheFilesNormalizer(string config, string tokens)
    {
        foreach (string name in new[] { "BertTokenizer", "BertTokenizerFast", "DistilBertTokenizer" })
        {
            JsonNode named = JsonNode.Parse(config)!;
            named["tokenizer_class"] = name;
            Assert.Equal(tokens, SmallTokenizer.Tokens(WordPiece((Config, named.ToJsonString())), "Naïve Cat cat"));
        }
    }

    [Theory]
    [InlineData("""{"do_lower_case": false, "tokenizer_class": "PreTrainedTokenizerFast"}""")]
    [InlineData("""{"do_lower_case": true, "strip_accents": null, "tokenize_chinese_chars": true, "add_prefix_space": false}""")]
    [InlineData("""{"truncation_side": "right", "split_special_tokens": false, "model_max_length": 512, "never_split": null}""")]
    [InlineData("""
        {"added_tokens_decoder": {"4": {"content": "[MASK]", "lstrip": false, "normalized": false, "rstrip": false, "single_word": false,
         "special": true}}, "additional_special_tokens": ["[MASK]"], "extra_special_tokens": {}, "clean_up_tokenization_spaces": true}
        """)]
    public void Read_ConfigThatSaysTheSameAgain_ChangesNothing(string config) =>
        Assert.Equal(TokenizerHash.Of(WordPiece()), TokenizerHash.Of(WordPiece((Config, config))));

    [Theory]
    [InlineData(FamilyModel.WordPiece, Config, """{"do_lower_case": false}""", "'do_lower_case' is false; expected true, as tokenizer.json has it")]
    [InlineData(FamilyModel.WordPiece, Config, """{"strip_accents": false}""", "'strip_accents' is false")]
    [InlineData(FamilyModel.WordPiece, Config, """{"tokenize_chinese_chars": false}""", "'tokenize_chinese_chars' is false")]
    [InlineData(FamilyModel.WordPiece, Config, """{"truncation_side": "left"}""", "'truncation_side' is \"left\"; expected \"right\"")]
    [InlineData(FamilyModel.Unigram, Config, """{"split_special_tokens": true}""", "'split_special_tokens' is true; expected false")]
    [InlineData(FamilyModel.BytePairs, Config, """{"add_prefix_space": true}""", "'add_prefix_space' is true; expected false")]
    [InlineData(FamilyModel.BytePairs, Config, """{"add_prefix_space": true, "tokenizer_class": "PreTrainedTokenizerFast"}""", "'add_prefix_space' is true")]
    [InlineData(FamilyModel.Unigram, Config, """{"add_prefix_space": false, "tokenizer_class": "XLMRobertaTokenizer"}""", "'add_prefix_space' is false; expected true")]
    [InlineData(FamilyModel.WordPiece, Config, """{"tokenizer_class": "BertJapaneseTokenizer"}""", "import the vectors")]
    [InlineData(FamilyModel.WordPiece, Config, """{"tokenizer_class": "RoFormerTokenizerFast"}""", "'tokenizer_class' is \"RoFormerTokenizerFast\"")]
    [InlineData(FamilyModel.WordPiece, "config.json", """{"tokenizer_class": "BertJapaneseTokenizer"}""", "'tokenizer_class' is")]
    [InlineData(FamilyModel.WordPiece, "config.json", """{"model_type": "roformer"}""", "'model_type' is \"roformer\"")]
    [InlineData(FamilyModel.WordPiece, Config, """{"word_tokenizer_type": "mecab"}""", "'word_tokenizer_type' is \"mecab\"; expected \"basic\"")]
    [InlineData(FamilyModel.WordPiece, Config, """{"added_tokens_decoder": {"9": {"content": "[MASK]"}}}""", "the added token '[MASK]' has the id 9; expected 4, as")]
    [InlineData(FamilyModel.WordPiece, Config, """{"added_tokens_decoder": {"6": {"content": "park"}}}""", "'cat' and 'park' share the id 6")]
    [InlineData(FamilyModel.WordPiece, "special_tokens_map.json", """{"additional_special_tokens": ["<url>"]}""", "expected '<url>' as a special token")]
    public void Read_SettingThatIsNotDone_IsRefusedByName(string family, string file, string json, string reason) => Assert.Contains(
        reason, Assert.Throws<ModelLoadException>(() => Read(family, null, (file, json))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"direction": "Left", "max_length": 512, "strategy": "LongestFirst", "stride": 0}""", "{}", false)]
    [InlineData("""{"direction": "Left", "max_length": 512, "strategy": "LongestFirst", "stride": 0}""", """{"truncation_side": "right"}""", true)]
    [InlineData("""{"direction": "Right", "max_length": 512, "strategy": "LongestFirst", "stride": 0}""", "{}", true)]
    [InlineData("""{"max_length": 512, "strategy": "LongestFirst", "stride": 0}""", "{}", true)]
    public void Read_TruncationOfTheFile_CutsAtTheEndOrIsRefused(string truncation, string config, bool loads)
    {
        void Read() => TokenizerConfigTests.Read(FamilyModel.WordPiece, json => json["truncation"] = JsonNode.Parse(truncation), (Config, config));
        if (loads) Read();
        else Assert.Contains("'truncation.direction' is \"Left\"; expected \"Right\"", Assert.Throws<ModelLoadException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PrefixSpaceOfAClassOfItsOwn_CountsBeforeTheFile()
    {
        TokenizerSettings settings = Read(
            FamilyModel.BytePairs, null, (Config, """{"add_prefix_space": true, "tokenizer_class": "RobertaTokenizer"}"""));
        Assert.True(Assert.IsType<ByteLevelSettings>(settings).AddPrefixSpace);
    }

    [Theory]
    [InlineData(FamilyModel.WordPiece)]
    [InlineData(FamilyModel.BytePairs)]
    [InlineData(FamilyModel.Unigram)]
    public void Read_AddedTokensOfTheConfigAlone_AreFoundInTheText(string family)
    {
        int next = Read(family, null).Vocabulary.Size;
        TokenizerSettings settings = Read(family, null, (Config,
            $$$"""{"added_tokens_decoder": {"{{{next}}}": {"content": "<url>", "special": true, "normalized": false} } }"""));
        Assert.Equal(next + 1, settings.Vocabulary.Size);
        Assert.Contains(next, settings.NewTokenizer().Encode("the<url>cat", 100).Ids.ToArray());
        Assert.Contains(next, SpecialTokens.Of(settings));
    }

    [Fact]
    public void Read_SpecialTokensOfTheFoldersOwn_AreEntries()
    {
        TokenizerSettings settings = WordPiece(("special_tokens_map.json", """{"additional_special_tokens": [{"content": "sat"}]}"""));
        Assert.Equal("the sat cat", SmallTokenizer.Tokens(settings, "thesatcat"));
        Assert.Contains(7, SpecialTokens.Of(settings));
    }

    [Theory]
    [InlineData("special_tokens", """{"[CLS]": {"id": "[CLS]", "ids": [9], "tokens": ["[CLS]"]}}""", "'post_processor.special_tokens.[CLS].ids' is [9]; expected 2 alone")]
    [InlineData("special_tokens", """{"[SEP]": {"id": "[SEP]", "ids": [3, 3], "tokens": ["[SEP]", "[SEP]"]}}""", "ids' is [3,3]; expected 3 alone")]
    [InlineData("single", """[{"SpecialToken": {"id": "[CLS]", "type_id": 1}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]""", "type_id' is 1; expected 0")]
    [InlineData("single", """[{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]""", "type_id' is 1; expected 0")]
    [InlineData("", """{"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 2]}""", "'post_processor.sep' is [\"[SEP]\",2]; expected 3 alone")]
    public void Read_TokensAroundATextThatAreOthersById_AreRefused(string member, string json, string reason) => Assert.Contains(reason,
        Assert.Throws<ModelLoadException>(() => Read(FamilyModel.WordPiece, file =>
        {
            if (member.Length == 0) file["post_processor"] = JsonNode.Parse(json);
            else file["post_processor"]![member] = JsonNode.Parse(json);
        })).Message, StringComparison.Ordinal);

    private static TokenizerSettings WordPiece(params (string Name, string Json)[] files) =>
        Read(FamilyModel.WordPiece, json =>
        {
            JsonObject entries = json["model"]!["vocab"]!.AsObject();
            foreach (string entry in new[] { "naive", "Naïve", "Cat" }) entries.Add(entry, entries.Count);
        }, files);

    private static TokenizerSettings Read(string family, Action<JsonNode>? change, params (string Name, string Json)[] files)
    {
        JsonNode json = JsonNode.Parse(family switch
        {
            FamilyModel.BytePairs => BytePairFile.Json(),
            FamilyModel.Unigram => UnigramFile.Json(),
            _ => File.ReadAllText(SmallTokenizer.JsonPath),
        })!;
        change?.Invoke(json);
        using ModelDirectory folder = new ModelDirectory().With("tokenizer.json", json.ToJsonString());
        foreach ((string name, string content) in files) folder.With(name, content);
        return TokenizerJson.Read(folder.PathOf("tokenizer.json"));
    }
}
