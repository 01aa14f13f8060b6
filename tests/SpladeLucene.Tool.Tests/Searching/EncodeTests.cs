using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Searching;

public sealed class EncodeTests
{
    [Fact]
    public async Task Encode_Text_ShowsTermsByWeightAndWhereTheyComeFrom()
    {
        ToolRun run = await ToolRun.Of("encode", "my dog", "--model", "words");

        string[][] rows = [.. run.Output.Split('\n').Select(line =>
            line.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length == 3)];
        Assert.Equal((0, "3 terms"), (run.ExitCode, run.Errors.Trim()));
        Assert.Equal([["2.00", "dog", "dog"], ["2.00", "my", "my"], ["0.50", "canine", "dog"]], rows.Skip(1));
    }

    [Fact]
    public async Task Encode_Json_HasAnObjectATerm()
    {
        ToolRun run = await ToolRun.Of("encode", "dog", "--model", "words", "--query", "--json");

        Assert.Equal(["""{"type":"term","term":"dog","weight":2,"start":0,"length":3}""", """{"type":"term","term":"canine","weight":0.5,"start":0,"length":3}"""],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("Option '--model' is required.", "dog")]
    [InlineData("Required argument 'TEXT' missing for command: 'encode'.", "--model", "words")]
    public async Task Encode_BadUsage_IsRefusedWithASentence(string sentence, params string[] args)
    {
        ToolRun run = await ToolRun.Of(["encode", .. args]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
    }
}
