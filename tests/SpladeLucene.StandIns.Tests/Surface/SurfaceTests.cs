namespace SpladeLucene.StandIns.Tests.Surface;

/// <summary>A stand-in grows with its callers, not ahead of them.</summary>
public sealed class SurfaceTests
{
    [Theory]
    [InlineData("Lucene.Net")]
    [InlineData("Lucene.Net.Analysis.Common")]
    [InlineData("Lucene.Net.Queries")]
    [InlineData("Microsoft.ML.OnnxRuntime")]
    [InlineData("Microsoft.ML.Tokenizers")]
    public void PublicMembers_OfAStandIn_EachHasACallerOutsideTheStandIns(string standIn)
    {
        Callers callers = FindCallers();
        string[] idle = [.. PublicMembers.Of(Assemblies.Of(standIn))
            .GroupBy(member => (member.Type, member.Group))
            .Where(member => !member.Any(accessor => IsCalled(accessor, callers)))
            .Select(member => $"{member.Key.Type}.{member.Key.Group}")];

        Assert.True(idle.Length == 0, $"{idle.Length} members without a caller:\n{string.Join('\n', idle)}");
    }

    private static bool IsCalled(PublicMember member, Callers callers) =>
        member.IsForced
        || (member.IsConstant && callers.Says(member.Name))
        || callers.Uses(member.Type, member.Name, member.Signature)
        || callers.Overrides(member.Name, member.Signature);

    private static Callers FindCallers()
    {
        var callers = new Callers();
        string root = FindRoot();
        foreach (string folder in new[] { "src", "examples", "tests" })
        {
            foreach (string project in FilesBelow(Path.Combine(root, folder), "*.csproj"))
                AddProject(callers, project);
        }

        return callers;
    }

    private static void AddProject(Callers callers, string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        if (name == "SpladeLucene.Published.Tests") return;
        foreach (string source in FilesBelow(Path.GetDirectoryName(project)!, "*.cs")) callers.AddSource(source);
        callers.AddAssembly(Assemblies.Of(name));
    }

    private static string[] FilesBelow(string folder, string pattern) =>
        Directory.GetFiles(folder, pattern, SearchOption.AllDirectories);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "SpladeLucene.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests do not run below the repository");
    }
}
