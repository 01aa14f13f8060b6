using System.Text;

namespace SpladeLucene.Core.Tests;

public sealed class TermTextTests
{
    [Theory]
    [InlineData("library", "library")]
    [InlineData("##library", "library")]
    [InlineData("ku##ber", "kuber")]
    [InlineData("##ber##net", "bernet")]
    [InlineData("caf##é", "café")]
    [InlineData("##क##ा", "का")]
    [InlineData("क##ा", "का")]
    [InlineData("ก##ั", "กั")]
    [InlineData("e##\u0301", "e\u0301")]
    [InlineData("e\u0301##a", "e\u0301a")]
    [InlineData("\U0001D41A##\U0001D41B", "\U0001D41A\U0001D41B")]
    [InlineData("c##", "c##")]
    [InlineData("####", "##")]
    [InlineData("a##(", "a##(")]
    [InlineData("##", "##")]
    [InlineData("#", "#")]
    [InlineData("\u2581library", "library")]
    [InlineData("\u2581New\u2581York", "New York")]
    [InlineData("\u2581", "\u2581")]
    [InlineData("\u0120library", "library")]
    [InlineData("\u0120\u0120\u0120if", "if")]
    [InlineData("\u0120", "\u0120")]
    [InlineData("\u010A", "\u010A")]
    [InlineData("cafÃ©", "café")]
    [InlineData("café", "café")]
    [InlineData("łódź", "łódź")]
    [InlineData("łat", "łat")]
    [InlineData("ąk", "ąk")]
    [InlineData("мир", "мир")]
    [InlineData("東京", "東京")]
    [InlineData("ðŁĻ", "ðŁĻ")]
    public void Readable_Entry_IsItsLettersWithoutMarks(string term, string text) =>
        Assert.Equal(text, TermText.Readable(term));

    [Theory]
    [InlineData("##s", true)]
    [InlineData("ku##ber", true)]
    [InlineData("##ber##net", true)]
    [InlineData("क##ा", true)]
    [InlineData("word", false)]
    [InlineData("##", false)]
    [InlineData("c##", false)]
    [InlineData("", false)]
    public void IsPartOfWord_PiecesAndPairsOfThem_Are(string term, bool part) => Assert.Equal(part, TermText.IsPartOfWord(term));

    [Theory]
    [InlineData("library", "library")]
    [InlineData("\u0120library", "library")]
    [InlineData("##ploy", "…ploy")]
    [InlineData("##pl##oy", "…ploy")]
    [InlineData("em##ploy", "employ…")]
    [InlineData("क##ा", "का…")]
    [InlineData("c##", "c##")]
    [InlineData("", "")]
    public void Shown_PartOfAWord_HasDotsWhereOthersStand(string term, string text) => Assert.Equal(text, TermText.Shown(term));

    [Fact]
    public void Readable_TextWrittenByteByByte_IsTheText()
    {
        var random = new Random(9);
        for (int round = 0; round < 2000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Letter(random)));
            Assert.Equal(text, TermText.Readable("\u0120" + string.Concat(Encoding.UTF8.GetBytes(text).Select(ByteLetter))));
        }
    }

    [Theory]
    [InlineData("##s", true)]
    [InlineData("##", false)]
    [InlineData("\u2581s", false)]
    [InlineData("s", false)]
    public void ContinuesWord_Entry_SaysSoItself(string term, bool continues) =>
        Assert.Equal(continues, TermText.ContinuesWord(term));

    private static string Letter(Random random)
    {
        while (true)
        {
            int value = random.Next('!', 0x3000);
            if (!Rune.IsWhiteSpace(new Rune(value)) && !Rune.IsControl(new Rune(value))) return new Rune(value).ToString();
        }
    }

    // GPT-2's rule: what can be seen stands for itself, the rest for the next letter from U+0100 on.
    private static char ByteLetter(byte value)
    {
        static bool Seen(int each) => each is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
        return (char)(Seen(value) ? value : 256 + Enumerable.Range(0, value).Count(each => !Seen(each)));
    }
}
