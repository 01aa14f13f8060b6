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
    [InlineData("cafe", "coffee")]
    [InlineData("o", "ø")]
    [InlineData("strasse", "straße")]
    [InlineData("dog", "")]
    public void Find_AnotherWord_IsNot(string term, string text) =>
        Assert.False(TermSource.Find(term, new SourceSpan(0, text.Length), text)?.IsLiteral ?? false);
}
