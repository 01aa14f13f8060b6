using System.Diagnostics;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using FSDirectory = Lucene.Net.Store.FSDirectory;

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

    // ONNX Runtime's libraries for every platform in one package would be four times as much.
    private const long LargestToolPackage = 40_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void QuickStart_OfThePackageReadme_RunsFromThePackagesAndAsASingleFile()
    {
        string app = _folder.PathOf("QuickStart");
        Pack(app, Packed);
        string page = Repository.Read("docs/package-readme.md");

        foreach (string command in Assert.Single(DocsPages.Blocks(page, "sh")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Run(app, "dotnet", command["dotnet ".Length..]);
        File.WriteAllText(Path.Combine(app, "Program.cs"), Assert.Single(DocsPages.Blocks(page, "csharp")));
        string run = Run(app, "dotnet", "run");
        Run(app, "dotnet", "publish -c Release --use-current-runtime --no-self-contained -p:PublishSingleFile=true -o single");
        string single = Run(app, Path.Combine(app, "single", OperatingSystem.IsWindows() ? "QuickStart.exe" : "QuickStart"), "");

        Assert.Contains("leaps across a sleeping canine", run, StringComparison.Ordinal);
        Assert.Contains("stands in the query", run, StringComparison.Ordinal);
        Assert.Equal(run, single);
    }

    [Fact]
    public void Tool_InstalledFromItsPackages_MigratesWithTheModelItCarries()
    {
        string home = _folder.PathOf("home");
        string packages = Pack(home, "src/SpladeLucene.Tool");
        MakeIndex(_folder.PathOf("old"));

        Run(home, "dotnet", "tool install SpladeLucene.Tool --prerelease --tool-path tools");
        string splade = Path.Combine(home, "tools", OperatingSystem.IsWindows() ? "splade.exe" : "splade");
        string plan = Run(home, splade, $"reindex {_folder.PathOf("old")} new --from body --to meaning --model splade-tiny-en");

        Assert.Contains("1 text encoded", plan, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(packages, "*.nupkg"),
            package => Assert.InRange(new FileInfo(package).Length, 1, LargestToolPackage));
    }

    private static void MakeIndex(string folder)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new StandardAnalyzer(LuceneVersion.LUCENE_48)));
        writer.AddDocument(new Document { new TextField("body", "A fox leaps across a canine.", Field.Store.YES) });
    }

    /// <summary>Packs projects into a folder that is the only extra source of what is in <paramref name="home"/>.</summary>
    /// <returns>The folder with the packages.</returns>
    private string Pack(string home, params string[] projects)
    {
        string packages = _folder.PathOf("packages");
        foreach (string project in projects)
            Run(Repository.Root, "dotnet", $"pack {project} -c Release -v quiet -o {packages}");
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(home, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{packages}" /></packageSources></configuration>""");
        return packages;
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
            start.Environment["NUGET_PACKAGES"] = _folder.PathOf("restored");
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
