using SpladeLucene.Naming;

namespace SpladeLucene.Core.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["body", "id", "title", "title_en"];

    [Theory]
    [InlineData("bodi", "body")]
    [InlineData("TITLE", "title")]
    [InlineData("titel", "title")]
    [InlineData("title_de", "title_en")]
    [InlineData("i", null)]
    [InlineData("ix", "id")]
    [InlineData("", null)]
    [InlineData("headline", null)]
    public void Of_NameThatThereIsNot_IsTheOneMeant(string given, string? meant) => Assert.Equal(meant, NearestName.Of(given, Names));

    [Theory]
    [InlineData("title,body", " ('title' and 'body' are fields, each to be named by itself)")]
    [InlineData("title + body", " ('title' and 'body' are fields, each to be named by itself)")]
    [InlineData("title,headline", "")]
    [InlineData(",", "")]
    [InlineData("bodi", " (did you mean 'body'?)")]
    public void Hint_SaysWhatIsMeant(string given, string hint) => Assert.Equal(hint, NearestName.Hint(given, Names));

    [Fact]
    public void Of_LongestNames_CostsNoMoreThanTheirLengths() =>
        Assert.Null(NearestName.Of(new string('a', 1_000_000), Enumerable.Repeat("body", 1000)));
}
