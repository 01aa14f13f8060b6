using SpladeLucene.Docs.Tests.Shell;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Docs.Tests;

/// <summary>What pages and helps tell to type works: each line of <c>splade</c> is run, in its order, over small inputs.</summary>
[Collection(nameof(WholeProcess))]
public sealed class ShellTests
{
    public static TheoryData<string> Pages =>
        [.. DocsPages.SitePages().Where(page => DocsPages.Blocks(Repository.Read(page), "sh").Length > 0)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_EachLine_Works(string page)
    {
        using var folder = new ToolFolder();

        foreach (ShellLine line in DocsPages.Blocks(Repository.Read(page), "sh").SelectMany(ShellLine.Of))
        {
            if (line.Words[0] == "splade") await Works(line);
            else RequireInstallation(line);
        }
    }

    [Fact]
    public async Task Help_EachCommandsExample_Works()
    {
        using var folder = new ToolFolder();

        foreach (string[] command in Commands)
        {
            ToolRun help = await ToolRun.Of([.. command, "--help"]);
            string example = help.Output[(help.Output.IndexOf("Example: ", StringComparison.Ordinal) + "Example: ".Length)..];
            ShellLine line = Assert.Single(ShellLine.Of(example));
            Assert.Equal(command, line.Words[1..(1 + command.Length)]);
            await Works(line);
        }
    }

    /// <summary>In an order in which each finds what those before it have made.</summary>
    private static IEnumerable<string[]> Commands =>
    [
        ["reindex"], ["index"], ["search"], ["inspect"], ["encode"], ["compare"], ["eval"], ["calibrate"], ["import"], ["export"],
        ["model", "inspect"], ["model", "fuse"], ["completion"],
    ];

    private static async Task Works(ShellLine line)
    {
        ToolRun run = await ToolRun.Of(ToolFolder.Load, [.. line.Words[1..]]);
        Assert.True(run.ExitCode == 0, $"{line}\n{run.Output}{run.Errors}");
        if (line.Target is { } file) await File.WriteAllTextAsync(file, run.Output);
    }

    // What installs something is tried by PackageTests, with the packages as they are packed; here its names are.
    private static void RequireInstallation(ShellLine line)
    {
        string package = line.Words is ["dotnet", "add", "package", _, "--prerelease"] ? line.Words[3]
            : line.Words is ["dotnet", "tool", "install", "-g", _, "--prerelease"] ? line.Words[4] : "";
        Assert.True(package == "Lucene.Net.Analysis.Common" || File.Exists(Repository.PathOf($"src/{package}/{package}.csproj"))
            || File.Exists(Repository.PathOf($"models/{package}/{package}.csproj")), $"'{line}' installs no package that there is.");
    }
}
