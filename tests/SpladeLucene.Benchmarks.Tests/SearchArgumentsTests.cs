using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks.Tests;

public sealed class SearchArgumentsTests
{
    [Theory]
    [InlineData("--documents", "0")]
    [InlineData("--documents", "many")]
    [InlineData("--documents")]
    [InlineData("--order", "sorted")]
    [InlineData("--seed", "-1")]
    [InlineData("--k", "10,,20")]
    [InlineData("--queries", "missing.tsv")]
    [InlineData("--spv", "missing.spv")]
    [InlineData("--unknown", "1")]
    [InlineData("--seed", "1", "--seed", "2")]
    [InlineData("--vectors", "synthetic", "--documents", "real")]
    public void Parse_WhatCannotBe_Throws(params string[] arguments) =>
        Assert.Throws<ArgumentException>(() => SearchArguments.Parse(arguments));

    [Fact]
    public void Parse_SizesSeedAndOrder_AreWhatIsGenerated()
    {
        SearchArguments parsed = SearchArguments.Parse(
            ["--documents", "200,1000", "--seed", "7", "--order", "clustered", "--vectors", "synthetic", "--k", "5"]);
        Assert.Equal(new int?[] { 200, 1000 }, parsed.Documents);
        Assert.Equal((7UL, DocumentOrder.Clustered, null), (parsed.Seed, parsed.Order, parsed.Vectors));
        Assert.Equal([5], parsed.Wanted);
    }
}
