using System.Diagnostics;

namespace SpladeLucene.Docs.Tests;

/// <summary>
/// The packed packages are taken by a new project in an empty folder, as the package's page says, with no other extra
/// source than the folder they were packed into.
/// </summary>
[Trait("Category", "Packages")]
public sealed class PackageTests : IDisposable
{
    private static readonly string[] Packed =
        ["src/SpladeLucene.Core", "src/SpladeLucene.Onnx", "src/SpladeLucene", "models/SpladeLucene.Models.TinyEn"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-packages-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void QuickStart_OfThePackageReadme_RunsFromThePackagesAndAsASingleFile()
    {
        string packages = Path.Combine(_folder.FullName, "packages"), app = Path.Combine(_folder.FullName, "QuickStart");
        foreach (string project in Packed)
            Run(Repository.Root, "dotnet", $"pack {project} -c Release -v quiet -o {packages}");
        Directory.CreateDirectory(app);
        File.WriteAllText(Path.Combine(app, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{packages}" /></packageSources></configuration>""");
        string page = Repository.Read("docs/package-readme.md");

        foreach (string command in Assert.Single(Repository.Blocks(page, "sh")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Run(app, "dotnet", command["dotnet ".Length..]);
        File.WriteAllText(Path.Combine(app, "Program.cs"), Assert.Single(Repository.Blocks(page, "csharp")));
        string run = Run(app, "dotnet", "run");
        Run(app, "dotnet", "publish -c Release --use-current-runtime --no-self-contained -p:PublishSingleFile=true -o single");
        string single = Run(app, Path.Combine(app, "single", OperatingSystem.IsWindows() ? "QuickStart.exe" : "QuickStart"), "");

        Assert.Contains("leaps across a sleeping canine", run, StringComparison.Ordinal);
        Assert.Contains("stands in the query", run, StringComparison.Ordinal);
        Assert.Equal(run, single);
    }

    // Its own packages folder, so that no earlier packing of the same version is found; what else it needs may be there.
    private string Run(string folder, string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string shared = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        if (folder != Repository.Root)
        {
            start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "restored");
            start.Environment["NUGET_FALLBACK_PACKAGES"] = shared;
        }

        foreach (string inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(inherited);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments}\n{output}\n{errors.Result}");
        return output;
    }
}
