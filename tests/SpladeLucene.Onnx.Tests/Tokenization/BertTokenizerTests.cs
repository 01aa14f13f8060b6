using SpladeLucene.Onnx.Tests.Support;
using SpladeLucene.Onnx.Tokenization;

namespace SpladeLucene.Onnx.Tests;

public sealed class BertTokenizerTests
{
    private static readonly BertSettings Settings = SmallTokenizer.Settings(
    [
        "un", "##want", "##ed", "runn", "##ing", ",", "naive", "strasse", "straße", "博", "推", "!", "$", "i", "x",
        "istanbul",
    ]);

    [Theory]
    [InlineData("the cat sats.", "the cat sat ##s .")]
    [InlineData("UNwantéd,running", "un ##want ##ed , runn ##ing")]
    [InlineData("  the\tcat\r\nsat\u00A0\u3000.", "the cat sat .")]
    [InlineData("cat\nsat", "cat sat")]
    [InlineData("the博推cat", "the 博 推 cat")]
    [InlineData("$cat!", "$ cat !")]
    [InlineData("ca\0t c\u200Bat c\uFFFDat \uE000cat", "cat cat cat cat")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("straße", "straße")]
    [InlineData("dog", "[UNK]")]
    [InlineData("catdog cat", "[UNK] cat")]
    [InlineData("", "")]
    [InlineData(" \u00AD\u200E ", "")]
    public void Encode_Text_GivesTheReferencesTokens(string text, string expected) =>
        Assert.Equal(expected, SmallTokenizer.Tokens(Settings, text));

    [Theory]
    [InlineData("the Naïve cát.", "the|Naïve|cát|.")]
    [InlineData("the nai\u0308ve", "the|nai\u0308ve")]
    [InlineData("\u200Bca\u00ADt", "ca\u00ADt")]
    [InlineData("the [MASK] cats", "the|[MASK]|cat|s")]
    [InlineData("\U0001F642 cat", "\U0001F642|cat")]
    [InlineData("博推", "博|推")]
    public void Encode_Text_KnowsWhereEachTokenCameFrom(string text, string expected) =>
        Assert.Equal(expected.Split('|'), SmallTokenizer.Sources(Settings, text));

    [Fact]
    public void Encode_LoneSurrogates_AreDroppedLikeReplacementCharacters()
    {
        Assert.Equal("cat", SmallTokenizer.Tokens(Settings, "c\uD83Da\uDE42t"));
        Assert.Equal("", SmallTokenizer.Tokens(Settings, "\uD83D"));
        Assert.Equal("cat", SmallTokenizer.Tokens(Settings, "\uDE42cat\uD83D"));
    }

    [Fact]
    public void Encode_SpecialTokensInTheText_AreRecognizedAsTheyStand()
    {
        Assert.Equal("cat [SEP] cat [MASK] .", SmallTokenizer.Tokens(Settings, "cat[SEP]cat [MASK]."));
        Assert.Equal("[UNK] [UNK] [UNK]", SmallTokenizer.Tokens(Settings, "[mask]"));
    }

    [Fact]
    public void Encode_WordOf100Characters_IsTheLongestThatIsKnown()
    {
        string longest = new('x', 100);
        BertSettings settings = SmallTokenizer.Settings(["##" + longest[1..], "x", "\U0001F642", "##\U0001F642"]);
        Assert.Equal("x ##" + longest[1..], SmallTokenizer.Tokens(settings, longest));
        Assert.Equal("[UNK]", SmallTokenizer.Tokens(settings, longest + "x"));
        // A hundred characters of two UTF-16 units each.
        string faces = string.Concat(Enumerable.Repeat("\U0001F642", 100));
        Assert.Equal(99, SmallTokenizer.Tokens(settings, faces).Split(' ').Count(token => token == "##\U0001F642"));
        Assert.Equal("[UNK]", SmallTokenizer.Tokens(settings, faces + "\U0001F642"));
    }

    [Fact]
    public void Encode_LongTextWithALimit_KeepsTheBeginningAndTheLastToken()
    {
        var tokenizer = new BertTokenizer(Settings);
        int[] all = tokenizer.Encode("the cats sat .", int.MaxValue).Ids.ToArray();
        for (int limit = 2; limit <= all.Length; limit++)
            Assert.Equal([.. all[..(limit - 1)], all[^1]], tokenizer.Encode("the cats sat .", limit).Ids.ToArray());
    }

    [Fact]
    public void Encode_TenMegabytesOnOneLineAndEndlessWords_AreTokenized()
    {
        var tokenizer = new BertTokenizer(Settings);
        Assert.Equal(256, tokenizer.Encode(string.Concat(Enumerable.Repeat("cats ", 2 << 20)), 256).Count);
        Assert.Equal(3, tokenizer.Encode(new string('x', 10 << 20), 256).Count);
        Assert.Equal(2, tokenizer.Encode(new string('\0', 10 << 20), 256).Count);
    }

    [Fact]
    public void Encode_RandomUnicode_NeverThrowsAndOffsetsAscendWithinTheText()
    {
        var random = new Random(20);
        var tokenizer = new BertTokenizer(Settings);
        for (int round = 0; round < 5000; round++)
        {
            string text = RandomText(random);
            AssertSpansAscend(tokenizer.Encode(text, int.MaxValue), text);
        }
    }

    /// <summary>A text's tokens come from places in it, one after the other.</summary>
    internal static void AssertSpansAscend(TokenSequence tokens, string text)
    {
        int end = 0;
        for (int i = 1; i < tokens.Count - 1; i++)
        {
            SourceSpan span = tokens.SpanAt(i)!.Value;
            Assert.InRange(span.Start, end, text.Length);
            Assert.InRange(span.End, span.Start + 1, text.Length);
            // A character that became two tokens, such as a decomposed ligature, is the source of both.
            end = span.Start;
        }
    }

    // All of UTF-16, lone surrogates included, with enough words and special tokens in it to matter.
    private static string RandomText(Random random)
    {
        string[] known = ["cat", "[MASK]", "[SEP", " ", "é", "e\u0301", "\U0001F642", "각", "\u1100\u1161", "İ", "ﬁ"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(4) switch
        {
            0 => known[random.Next(known.Length)],
            1 => ((char)random.Next(0x80)).ToString(),
            2 => ((char)random.Next(0x10000)).ToString(),
            _ => ((char)random.Next(0xD800, 0xE000)).ToString(),
        }));
    }
}
