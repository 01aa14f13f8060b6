using Microsoft.ML.Tokenizers;
using SpladeLucene.Onnx.Loading;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>What is relied on of Microsoft.ML.Tokenizers, whichever build of it runs.</summary>
public sealed class WordPieceParityTests
{
    private static readonly TokenizerSettings Settings = TokenizerJson.Read(SmallTokenizer.JsonPath);

    [Theory]
    [InlineData("The cats sat.")]
    [InlineData("cat\ncat dog")]
    [InlineData("")]
    public void EncodeToTokens_OurNormalizerAndPreTokenizer_GivesWhatWeGive(string text)
    {
        var tokenizer = new TextTokenizer(Settings);
        IReadOnlyList<EncodedToken> tokens = tokenizer.WordPiece.EncodeToTokens(text, out string? normalized);
        Assert.Equal(tokenizer.Encode(text, int.MaxValue).Ids[1..^1].ToArray(), tokens.Select(token => token.Id));
        if (text.Length > 0) Assert.Equal(text.ToLowerInvariant().Replace('\n', ' '), normalized);
    }

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

    [Fact]
    public void Create_UnknownTokenThatIsNoEntry_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Create(new WordPieceOptions { UnknownToken = "<unk>" }));

    private static WordPieceTokenizer Create(WordPieceOptions options)
    {
        using Stream lines = Settings.Vocabulary.ToLines();
        return WordPieceTokenizer.Create(lines, options);
    }
}
