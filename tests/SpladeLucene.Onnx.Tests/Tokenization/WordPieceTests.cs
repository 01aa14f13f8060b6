using Microsoft.ML.Tokenizers;
using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>What <see cref="Tokenization.BertTokenizer"/> relies on of Microsoft.ML.Tokenizers.</summary>
public sealed class WordPieceTests
{
    private static readonly BertSettings Settings = (BertSettings)TokenizerJson.Read(SmallTokenizer.JsonPath);

    [Fact]
    public void EncodeToTokens_OfASpan_HasOffsetsInIt()
    {
        IReadOnlyList<EncodedToken> tokens = Create(new WordPieceOptions()).EncodeToTokens("the cats".AsSpan(), out _);
        Assert.Equal([0..3, 4..7, 7..8], tokens.Select(token => token.Offset));
    }

    [Fact]
    public void EncodeToTokens_WordOverTheLimit_IsUnknown()
    {
        IReadOnlyList<EncodedToken> tokens =
            Create(new WordPieceOptions { MaxInputCharsPerWord = 3 }).EncodeToTokens("cat cats", out _);
        Assert.Equal([6, 1], tokens.Select(token => token.Id));
        Assert.Equal(4..8, tokens[1].Offset);
    }

    private static WordPieceTokenizer Create(WordPieceOptions options)
    {
        using Stream lines = Settings.Vocabulary.ToLines();
        return WordPieceTokenizer.Create(lines, options);
    }
}
