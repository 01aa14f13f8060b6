namespace SpladeLucene.Tests;

/// <summary>What counts as the same word, in every globalization mode.</summary>
public sealed class TermSourceTests
{
    [Theory]
    [InlineData("cafe", "Café")]
    [InlineData("café", "CAFE")]
    [InlineData("cafe", "cafe\u0301")]
    [InlineData("##ing", "ING")]
    [InlineData("uber", "Über")]
    [InlineData("αθηνα", "Αθήνα")]
    [InlineData("viet", "Việt")]
    [InlineData("Ġlibrary", "library")]
    [InlineData("\u2581library", "Library")]
    [InlineData("ĠÐ¼Ð¸ÑĢ", "мир")]
    public void Find_AnotherCaseOrAccent_IsLiteral(string term, string text) =>
        Assert.True(TermSource.Find(term, new SourceSpan(0, text.Length), text)!.IsLiteral);

    [Theory]
    [InlineData("模型学习稀疏向量", 2, 4, "学习")]
    [InlineData("ひらがなで", 1, 2, "ら")]
    [InlineData("コンピュータを買う", 2, 4, "コンピュータ")]
    [InlineData("IBM社の", 0, 2, "IBM")]
    [InlineData("𠀀𠀁𠀂", 2, 4, "𠀁")]
    [InlineData("葛\U000E0100城市", 0, 1, "葛\U000E0100")]
    [InlineData("ภาษาไทย", 0, 3, "ภาษ")]
    [InlineData("ที่นี่", 0, 1, "ที่")]
    [InlineData("검색엔진", 0, 2, "검색엔진")]
    public void Find_WordsWithoutSpacesBetweenThem_AreNotOne(string text, int start, int end, string word) =>
        Assert.Equal(word, TermSource.Find("a", new SourceSpan(start, end), text)!.Word);

    [Fact]
    public void Find_WhiteSpace_IsNoWord() => Assert.Null(TermSource.Find("Ċ", new SourceSpan(3, 5), "fox\n dog"));

    [Theory]
    [InlineData("cafe", "coffee")]
    [InlineData("o", "ø")]
    [InlineData("strasse", "straße")]
    [InlineData("dog", "")]
    public void Find_AnotherWord_IsNot(string term, string text) =>
        Assert.False(TermSource.Find(term, new SourceSpan(0, text.Length), text)?.IsLiteral ?? false);
}
