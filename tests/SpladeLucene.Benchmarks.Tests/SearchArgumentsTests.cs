using System.CommandLine;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Shared;

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
    [InlineData("--warm", "-1")]
    [InlineData("--spv", "SpladeLucene.Benchmarks.dll", "--queries", "SpladeLucene.Benchmarks.dll", "--documents", "3")]
    public void Parse_WhatCannotBe_IsAnError(params string[] arguments) =>
        Assert.NotEmpty(new SearchCommand().Root.Parse(arguments).Errors);

    [Theory]
    [InlineData("two collections", "--spv", "FILE.jsonl", "--jsonl", "FILE.jsonl", "--queries", "FILE.jsonl")]
    [InlineData("--seed is for generated", "--spv", "FILE.jsonl", "--queries", "FILE.jsonl", "--seed", "1")]
    [InlineData("--order is for generated", "--jsonl", "FILE.jsonl", "--queries", "FILE.jsonl", "--order", "clustered")]
    [InlineData("--vectors is for generated", "--jsonl", "FILE.jsonl", "--queries", "FILE.jsonl", "--vectors", "synthetic")]
    [InlineData("--documents is for generated", "--spv", "FILE.jsonl", "--queries", "FILE.jsonl", "--documents", "1", "--documents", "2")]
    [InlineData("ends in .jsonl", "--jsonl", "FILE.json", "--queries", "FILE.jsonl")]
    [InlineData("--java names", "--java", "no-such-folder")]
    [InlineData("goes with --cpp", "--block", "8")]
    public void Parse_WhatWouldDoNothing_IsRefusedByName(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "FILE.json", "FILE.jsonl" }) folder.Write(name, "");
        string[] given = [.. arguments.Select(argument => argument.StartsWith("FILE", StringComparison.Ordinal) ? folder.PathOf(argument) : argument)];
        Assert.Contains(expected, Assert.Single(new SearchCommand().Root.Parse(given).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownOption_Ends2() =>
        Assert.Equal(2, await CommandRunner.RunAsync(new SearchCommand().Root, ["--docments", "1"], (_, _) => Task.FromResult(0)));

    [Fact]
    public void Parse_SizesSeedAndOrder_AreWhatIsGenerated()
    {
        SearchArguments parsed = Parse(
            ["--documents", "200,1000", "--seed", "7", "--order", "clustered", "--vectors", "synthetic", "--k", "5"]);
        Assert.Equal(new int?[] { 200, 1000 }, parsed.Documents);
        Assert.Equal((7UL, DocumentOrder.Clustered, null), (parsed.Seed, parsed.Order, parsed.Vectors));
        Assert.Equal([5], parsed.Wanted);
    }

    [Fact]
    public void Parse_NothingGiven_IsTheDefault() =>
        Assert.Equal([200_000], Parse(["--vectors", "synthetic"]).Documents);

    [Fact]
    public void Parse_SizesOneByOne_AreAsThoseWithCommasBetween()
    {
        SearchArguments parsed = Parse(
            ["--documents", "200", "--documents", "1000", "--vectors", "synthetic", "--k", "10", "--k", "100,1000"]);
        Assert.Equal(new int?[] { 200, 1000 }, parsed.Documents);
        Assert.Equal([10, 100, 1000], parsed.Wanted);
    }

    private static SearchArguments Parse(string[] arguments)
    {
        var command = new SearchCommand();
        ParseResult parsed = command.Root.Parse(arguments);
        Assert.Empty(parsed.Errors);
        return command.ArgumentsOf(parsed);
    }
}
