namespace SpladeLucene.Examples.Tests;

/// <summary>What the README shows is what the examples run.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("### Add SPLADE to an index you already have", "ReindexLegacyIndex")]
    [InlineData("## Use it", "QuickStart")]
    public void Readme_CodeOfASection_IsPartOfTheExampleThatRuns(string heading, string example)
    {
        string program = TextOf($"{example}.cs.txt");

        string[] blocks = BlocksBelow(heading);

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(block, program, StringComparison.Ordinal));
    }

    // A block that no section's test knows would be read by nobody but its readers.
    [Fact]
    public void Readme_Code_StandsInTheTwoSectionsThatAreTested() =>
        Assert.Equal(2, TextOf("README.md").Split("```csharp\n").Length - 1);

    private static string[] BlocksBelow(string heading)
    {
        string[] halves = TextOf("README.md").Split($"\n{heading}\n");
        Assert.Equal(2, halves.Length);
        string section = halves[1].Split("\n## ")[0].Split("\n### ")[0];
        return [.. section.Split("```").Where(block => block.StartsWith("csharp\n", StringComparison.Ordinal))
            .Select(block => block["csharp\n".Length..])];
    }

    private static string TextOf(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name));
}
