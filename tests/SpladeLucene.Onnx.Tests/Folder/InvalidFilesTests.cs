using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>One file a reason; each is refused by its name, with what was found in it.</summary>
public sealed class InvalidFilesTests
{
    [Theory]
    [InlineData("no-cls.txt", "[CLS] is not among the 9 vocabulary entries")]
    [InlineData("no-sep.txt", "[SEP] is not among")]
    [InlineData("no-unk.txt", "[UNK] is not among")]
    [InlineData("no-pad.txt", "[PAD] is not among")]
    [InlineData("empty.txt", "the vocabulary is empty; expected entries")]
    [InlineData("empty-line.txt", "line 7 is empty")]
    [InlineData("duplicate-entry.txt", "line 11 repeats the entry 'cat' of line 7")]
    [InlineData("not-utf8.txt", "byte 52 is not UTF-8")]
    [InlineData("utf16.txt", "byte 0 is not UTF-8")]
    [InlineData("wrong-version.json", "'version' is \"2.0\"; expected \"1.0\"")]
    [InlineData("wrong-model-type.json", "'model.type' is \"WordLevel\"; expected \"WordPiece\" or \"BPE\" or \"Unigram\"")]
    [InlineData("wrong-normalizer.json", "'normalizer.type' is \"NFC\"; expected \"BertNormalizer\"")]
    [InlineData("no-normalizer.json", "'normalizer' is null; expected an object of the type \"BertNormalizer\"")]
    [InlineData("wrong-pre-tokenizer.json", "'pre_tokenizer.type' is \"Whitespace\"; expected \"BertPreTokenizer\"")]
    [InlineData("wrong-post-processor.json", "'post_processor.type' is \"ByteLevel\"; expected a TemplateProcessing")]
    [InlineData("no-post-processor.json", "'post_processor' is missing")]
    [InlineData("no-sep-in-vocabulary.json", "[SEP] is not among")]
    [InlineData("shared-id.json", "'cat' and 'dog' share the id 6")]
    [InlineData("negative-id.json", "the id of the entry 'dog' is -1")]
    [InlineData("huge-id.json", "the id of the entry 'dog' is 2000000000")]
    [InlineData("fractional-id.json", "the id of the entry 'dog' is 10.5")]
    [InlineData("duplicate-entry.json", "the entry 'cat' stands twice")]
    [InlineData("added-token-of-another-id.json", "the added token 'cat' has the id 11, and the entry 6")]
    [InlineData("endless-words.json", "'model.max_input_chars_per_word' is 1000000; expected 1 to 1000")]
    [InlineData("flag-is-text.json", "'normalizer.lowercase' is \"yes\"; expected true or false")]
    [InlineData("lone-surrogate-entry.json", "'model.vocab' has the member \"c\\ud800t\":")]
    [InlineData("lone-surrogate-text.json", "'model.unk_token' is \"\\udc00\"; expected text")]
    [InlineData("truncated.json", "not JSON to its end")]
    [InlineData("not-an-object.json", "the file is []; expected an object")]
    public void Read_InvalidFile_NamesTheFileAndTheReason(string file, string reason)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "data", "invalid", file);
        AssertRefused(path, reason);
    }

    [Fact]
    public void Read_EveryInvalidFileHere_HasItsTest()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "data", "invalid");
        int tested = typeof(InvalidFilesTests).GetMethod(nameof(Read_InvalidFile_NamesTheFileAndTheReason))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Length;
        // Those of tokenizers; other readers' lie beside them.
        Assert.Equal(Directory.GetFiles(folder).Count(file => Path.GetExtension(file) is ".txt" or ".json"), tested);
    }

    [DataTheory]
    [InlineData("missing-sep-in-vocab.json", "[SEP] is not among")]
    [InlineData("no-cls.txt", "[CLS] is not among")]
    [InlineData("no-pad.txt", "[PAD] is not among")]
    [InlineData("no-sep.txt", "[SEP] is not among")]
    [InlineData("no-unk.txt", "[UNK] is not among")]
    [InlineData("wrong-model-type.json", "'model.type' is \"NotWordPiece\"")]
    [InlineData("wrong-normalizer.json", "'normalizer.type' is \"NotBertNormalizer\"")]
    [InlineData("wrong-pretokenizer.json", "'pre_tokenizer.type' is \"NotBertPreTokenizer\"")]
    [InlineData("wrong-version.json", "'version' is \"2.0\"")]
    public void Read_InvalidFileOfAnotherLibrary_NamesTheFileAndTheReason(string file, string reason) =>
        AssertRefused(TestData.PathOf("tokenizer", "invalid", file), reason);

    private static void AssertRefused(string path, string reason)
    {
        ModelLoadException thrown = Assert.Throws<ModelLoadException>(() => Read(path));
        Assert.Equal(path, thrown.Path);
        Assert.StartsWith($"{path}: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    private static TokenizerSettings Read(string path) =>
        Path.GetExtension(path) == ".json" ? TokenizerJson.Read(path) : VocabularyFile.Read(path, "none");
}
