using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SpladeLucene.Tests;

/// <summary>Who may know whom, read off the source: assemblies by their references, folders by the types they name.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Source = Path.Combine(Root(), "src");

    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["SpladeLucene.Core"] = [],
        ["SpladeLucene.Evaluation"] = ["SpladeLucene.Core"],
        ["SpladeLucene.Onnx"] = ["SpladeLucene.Core"],
        ["SpladeLucene"] = ["SpladeLucene.Core"],
        ["SpladeLucene.Extensions"] = ["SpladeLucene", "SpladeLucene.Core", "SpladeLucene.Onnx"],
        ["SpladeLucene.Orleans"] = ["SpladeLucene"],
        ["SpladeLucene.VectorData"] = ["SpladeLucene", "SpladeLucene.Extensions"],
        ["SpladeLucene.Reindexing"] = ["SpladeLucene", "SpladeLucene.Core"],
    };

    public static TheoryData<string> Assemblies => [.. Arrows.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_References_OnlyWhatItMayKnow(string assembly)
    {
        string project = Path.Combine(Source, assembly, assembly + ".csproj");
        IEnumerable<string> known = XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(known.Except(Arrows[assembly], StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_OfThePlugIn_HaveNoCircle()
    {
        Dictionary<string, HashSet<string>> left = FoldersKnown();
        Assert.Contains("TopK", left.Keys);
        while (left.Keys.FirstOrDefault(folder => !left[folder].Overlaps(left.Keys)) is { } free) left.Remove(free);

        Assert.True(left.Count == 0, string.Join("; ", left.Select(
            folder => $"{folder.Key} knows {string.Join(", ", folder.Value.Where(left.ContainsKey))}")));
    }

    [Theory]
    [InlineData("TopK", "Search")]
    [InlineData("TopK", "Telemetry")]
    [InlineData("Postings", "Impacts")]
    [InlineData("Impacts", "Caching")]
    [InlineData("Caching", "Search")]
    [InlineData("Explaining", "Search")]
    public void Folder_OfThePlugIn_DoesNotKnow(string folder, string other) =>
        Assert.DoesNotContain(other, FoldersKnown()[folder]);

    [Fact]
    public void Telemetry_OfThePlugIn_KnowsNoOtherFolder() => Assert.Empty(FoldersKnown()["Telemetry"]);

    [Fact]
    public void TopK_NamesNoQueryAndNoOptions()
    {
        Assert.All(Files("Search/TopK"), file => Assert.DoesNotMatch(
            @"\b(SpladeQuery\w*|Splade\w*Options|ImpactCacheOptions|\w*Telemetry|SpladeEvents)\b", Code(file)));
    }

    [Fact]
    public void Source_HasShortFilesAndSmallFolders()
    {
        string[] files = [.. System.IO.Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)];

        Assert.DoesNotContain(files, file => File.ReadLines(file).Count() > 250);
        Assert.DoesNotContain(files.GroupBy(Path.GetDirectoryName), folder => folder.Count() > 16);
    }

    private static Dictionary<string, HashSet<string>> FoldersKnown()
    {
        var folderOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Files(""))
        {
            foreach (Match type in TopLevelType().Matches(Code(file))) folderOf[type.Groups[1].Value] = FolderOf(file);
        }

        return Files("").GroupBy(FolderOf).ToDictionary(folder => folder.Key, folder => folder
            .SelectMany(file => Word().Matches(Code(file)).Select(word => folderOf.GetValueOrDefault(word.Value)))
            .OfType<string>().Where(known => known != folder.Key).ToHashSet(StringComparer.Ordinal));
    }

    private static string FolderOf(string file) => Path.GetFileName(Path.GetDirectoryName(file)!);

    private static IEnumerable<string> Files(string folder) => System.IO.Directory.EnumerateFiles(
        Path.Combine(Source, "SpladeLucene", folder), "*.cs", SearchOption.AllDirectories);

    // Comments and texts may speak of anything.
    private static string Code(string file) => CommentOrText().Replace(File.ReadAllText(file), "");

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Directory.Packages.props"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|interface|enum|record) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"(?<!\.)\b[A-Z]\w+")]
    private static partial Regex Word();

    [GeneratedRegex("//.*$|\"(?:[^\"\\\\\n]|\\\\.)*\"", RegexOptions.Multiline)]
    private static partial Regex CommentOrText();
}
