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
public sealed partial class PackageTests(PackageFolder folder) : IClassFixture<PackageFolder>
{
    private const string Core = "src/SpladeLucene.Core", Onnx = "src/SpladeLucene.Onnx", Plugin = "src/SpladeLucene";
    private const string Extensions = "src/SpladeLucene.Extensions", VectorData = "src/SpladeLucene.VectorData";
    private const string Orleans = "src/SpladeLucene.Orleans", TinyEn = "models/SpladeLucene.Models.TinyEn";

    // ONNX Runtime's libraries for every platform in one package would be four times as much.
    private const long LargestToolPackage = 40_000_000;

    [Fact]
    public void QuickStart_OfThePackageReadme_RunsFromThePackagesAndAsASingleFile()
    {
        string app = folder.Pack("QuickStart", Core, Onnx, Plugin, TinyEn);
        Follow(app, "docs/package-readme.md");
        string run = folder.Run(app, "dotnet", "run");
        folder.Run(app, "dotnet", "publish -c Release --use-current-runtime --no-self-contained -p:PublishSingleFile=true -o single");
        string single = folder.Run(app, Path.Combine(app, "single", Executable("QuickStart")), "");

        Assert.Contains("leaps across a sleeping canine", run, StringComparison.Ordinal);
        Assert.Contains("stands in the query", run, StringComparison.Ordinal);
        Assert.Equal(run, single);
    }

    [Fact]
    public void Tool_InstalledFromItsPackages_MigratesWithTheModelItCarries()
    {
        string home = folder.Pack("home", "src/SpladeLucene.Tool");
        MakeIndex(folder.PathOf("old"));

        folder.Run(home, "dotnet", "tool install SpladeLucene.Tool --prerelease --tool-path tools");
        string plan = folder.Run(home, Path.Combine(home, "tools", Executable("splade")),
            $"reindex {folder.PathOf("old")} new --from body --to meaning --model splade-tiny-en");

        Assert.Contains("1 text encoded", plan, StringComparison.Ordinal);
        string[] packages = Directory.GetFiles(folder.Packages, "*Tool*.nupkg");
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.InRange(new FileInfo(package).Length, 1, LargestToolPackage));
    }

    /// <summary>Does what a package's page says: runs its commands, and takes its program.</summary>
    private void Follow(string app, string path)
    {
        string page = Repository.Read(path);
        foreach (string command in DocsPages.Blocks(page, "sh")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            folder.Run(app, "dotnet", command["dotnet ".Length..]);
        File.WriteAllText(Path.Combine(app, "Program.cs"), DocsPages.Blocks(page, "csharp")[0]);
    }

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    private static void MakeIndex(string folder)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new StandardAnalyzer(LuceneVersion.LUCENE_48)));
        writer.AddDocument(new Document { new TextField("body", "A fox leaps across a canine.", Field.Store.YES) });
    }
}
