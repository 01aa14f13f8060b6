using SpladeLucene.Onnx.Folder;
using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

/// <summary>How much of a megabyte is read that is a query, counted, and that what is read gives the tokens that it should.</summary>
public sealed class LongQueryTests
{
    private const int Limit = 16;
    private const int Megabyte = 1 << 20;

    // 4,096 UTF-16 units and 32 more a token.
    private const int MostRead = 4096 + (Limit * 32);

    public static TheoryData<string> Texts =>
    [
        "the cats ", "a", " ", "\r\n", "각", "\u1100\u1161\u11A8", "a\u0301", "\U0001F642", "\uD800", "\0", "[MASK", new string('x', 9000) + " ",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void EncodeQuery_OfAMegabyte_ReadsItsBeginning(string part)
    {
        var tokenizer = new CountingTokenizer(TokenizerJson.Read(SmallTokenizer.JsonPath));

        tokenizer.EncodeQuery(Repeated(part), Limit);

        Assert.InRange(tokenizer.UnitsRead, 1, MostRead);
    }

    [Fact]
    public void Encode_OfAMegabyteWithoutTokens_ReadsAllOfIt()
    {
        var tokenizer = new CountingTokenizer(TokenizerJson.Read(SmallTokenizer.JsonPath));

        tokenizer.Encode(Repeated(" "), Limit);

        Assert.True(tokenizer.UnitsRead >= Megabyte);
    }

    [Fact]
    public void EncodeQuery_ManyWords_HasTheTokensOfADocument()
    {
        TextTokenizer tokenizer = TokenizerJson.Read(SmallTokenizer.JsonPath).NewTokenizer();
        string text = Repeated("the cats ");

        Assert.Equal(tokenizer.Encode(text, Limit).Ids.ToArray(), tokenizer.EncodeQuery(text, Limit).Ids.ToArray());
        Assert.Equal(Limit, tokenizer.EncodeQuery(text, Limit).Count);
    }

    [Fact]
    public void EncodeQuery_CutWhereAWordStands_LeavesTheWordOut()
    {
        TextTokenizer tokenizer = TokenizerJson.Read(SmallTokenizer.JsonPath).NewTokenizer();
        string before = "the" + new string(' ', MostRead - 5);

        TokenSequence cut = tokenizer.EncodeQuery(before + "cats" + new string(' ', Megabyte), Limit);

        Assert.Equal(tokenizer.Encode("the", Limit).Ids.ToArray(), cut.Ids.ToArray());
    }

    private static string Repeated(string part) => string.Concat(Enumerable.Repeat(part, (Megabyte / part.Length) + 1));

    private sealed class CountingTokenizer(TokenizerSettings settings) : TextTokenizer(settings)
    {
        public long UnitsRead { get; private set; }

        protected override void Normalize(ReadOnlySpan<char> text, int offset, AlignedText target) => UnitsRead += text.Length;

        protected override void AddWords(
            AlignedText text, int from, int to, bool opens, int limit, TokenSequence tokens) =>
            throw new InvalidOperationException("Nothing is left of a text once it is counted.");
    }
}
