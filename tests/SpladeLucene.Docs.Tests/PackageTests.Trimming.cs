using System.Text.RegularExpressions;

namespace SpladeLucene.Docs.Tests;

/// <summary>What the trimmer says of each package whose every line it is made to look at, and whether what is left runs.</summary>
public sealed partial class PackageTests
{
    private const string HostProgram = """
        using System.Text.Json;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using SpladeLucene;

        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddSplade(o => o.Model = Path.Combine(AppContext.BaseDirectory, "models/splade-tiny-en"));
        builder.Services.AddSpladeIndex("articles", o => (o.Directory, o.Sources) = ("articles", ["body"]));
        using IHost host = builder.Build();
        await host.StartAsync();
        var index = host.Services.GetRequiredService<ISpladeIndex>();
        using JsonDocument json = JsonDocument.Parse("[{ \"id\": \"1\", \"body\": \"What to do about a sick dog.\" }]");
        await index.UpdateAsync(json.RootElement.EnumerateArray());
        await index.RefreshAsync();
        Console.WriteLine($"found {(await index.SearchAsync("ill puppy")).Hits.Single().Key}");
        await host.StopAsync();

        """;

    [Fact]
    public void Core_Trimmed_GivesNoWarningAndRuns()
    {
        const string program = """
            using SpladeLucene;
            SparseVector dog = SparseVector.Create([new SparseTerm("dog", 1.5f)]);
            Console.WriteLine(FormattableString.Invariant($"{dog.Dot(dog)}"));

            """;
        string app = folder.Pack("TrimmedCore", Core);
        folder.Run(app, "dotnet", "new console");
        folder.Run(app, "dotnet", "add package SpladeLucene.Core --prerelease");

        (string[] warnings, string output) = Trimmed(app, program, "", "SpladeLucene.Core");

        Assert.Empty(warnings);
        Assert.Equal("2.25", output.Trim());
    }

    [Fact]
    [Trait("Category", "Minutes")]
    public void Host_Trimmed_WarnsWhereItRegistersAloneAndRunsAsThePageSays()
    {
        string kept = Assert.Single(DocsPages.Blocks(Repository.Read($"{Extensions}/README.md"), "xml"));
        string app = folder.Pack("TrimmedHost", Core, Onnx, Plugin, Extensions, VectorData, TinyEn);
        foreach (string command in new[]
        {
            "new console", "add package SpladeLucene.VectorData --prerelease", "add package SpladeLucene.Models.TinyEn --prerelease",
            $"add package Microsoft.Extensions.Hosting --version {VersionOf("Microsoft.Extensions.Hosting")}",
        })
        {
            folder.Run(app, "dotnet", command);
        }

        (string[] warnings, string output) = Trimmed(
            app, HostProgram, kept, "SpladeLucene", "SpladeLucene.Core", "SpladeLucene.Onnx", "SpladeLucene.VectorData");

        string[] ours = [.. warnings.Where(warning => !Regex.IsMatch(warning, @"IL\d+: (Lucene\.Net|J2N)\."))];
        Assert.All(ours, warning => Assert.Matches(@"Program.*'[^']*\.AddSplade(Index)?\(.*Settings are read from the configuration by reflection", warning));
        Assert.Contains(ours, warning => warning.Contains(".AddSplade(", StringComparison.Ordinal));
        Assert.Contains(ours, warning => warning.Contains(".AddSpladeIndex(", StringComparison.Ordinal));
        Assert.Contains("found 1", output, StringComparison.Ordinal);
    }

    /// <summary>Publishes a program trimmed and runs it.</summary>
    /// <param name="app">Its folder, with a project.</param>
    /// <param name="program">Its text.</param>
    /// <param name="items">What its project has beside that.</param>
    /// <param name="whole">What is kept to the last line, so that all of it is looked at.</param>
    private (string[] Warnings, string Output) Trimmed(string app, string program, string items, params string[] whole)
    {
        File.WriteAllText(Path.Combine(app, "Program.cs"), program);
        string project = Assert.Single(Directory.GetFiles(app, "*.csproj"));
        string roots = string.Concat(whole.Select(assembly => $"<TrimmerRootAssembly Include=\"{assembly}\" />"));
        File.WriteAllText(project, File.ReadAllText(project).Replace("</Project>",
            $"<ItemGroup>{roots}</ItemGroup>{items}</Project>", StringComparison.Ordinal));
        string log = folder.Run(app, "dotnet",
            "publish -c Release --use-current-runtime -p:PublishTrimmed=true -p:TrimmerSingleWarn=false -p:InvariantGlobalization=true -o trimmed");
        string name = Path.GetFileNameWithoutExtension(project);
        return ([.. log.Split('\n').Where(line => line.Contains("warning IL", StringComparison.Ordinal)).Distinct()],
            folder.Run(app, Path.Combine(app, "trimmed", Executable(name)), ""));
    }
}
