namespace SpladeLucene.Docs.Tests;

/// <summary>What the pages show is what the examples run.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Examples = ["QuickStart", "DropIn", "ReindexLegacyIndex"];

    [Fact]
    public void Readme_EachCodeBlock_IsPartOfAnExampleThatRuns()
    {
        string[] programs = [.. Examples.Select(name => Repository.Read($"examples/{name}/Program.cs"))];

        string[] blocks = DocsPages.Blocks(Repository.Read("README.md"), "csharp");

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block =>
            Assert.Contains(programs, program => program.Contains(block, StringComparison.Ordinal)));
    }

    [Fact]
    public void Readme_Diff_IsThatOfTheDropInBeforeAndAfter()
    {
        string[] Lines(string version) => [.. Repository.Read($"examples/DropIn/{version}/HelpDesk.cs").Split('\n')
            .Where(line => !line.StartsWith("namespace", StringComparison.Ordinal))];

        string[] changes = [.. LineDiff.Of(Lines("Before"), Lines("After"))];

        Assert.Equal(Assert.Single(DocsPages.Blocks(Repository.Read("README.md"), "diff")),
            string.Concat(changes.Select(line => line + "\n")));
        Assert.InRange(changes.Length, 1, 19);
    }

    [Fact]
    public void PackageReadme_Program_IsTheQuickStart() =>
        Assert.Equal(
            Repository.Read("examples/QuickStart/Program.cs"),
            Assert.Single(DocsPages.Blocks(Repository.Read("docs/package-readme.md"), "csharp")));

    [Fact]
    public void VectorStoresPage_Program_IsTheExample() =>
        Assert.Equal(
            Repository.Read("examples/VectorStore/Program.cs"),
            Assert.Single(DocsPages.Blocks(Repository.Read("src/SpladeLucene.VectorData/README.md"), "csharp")));

    [Fact]
    public void Readme_Length_IsReadAtOneSitting() =>
        Assert.InRange(Repository.Read("README.md").Split('\n').Length, 50, 200);
}
