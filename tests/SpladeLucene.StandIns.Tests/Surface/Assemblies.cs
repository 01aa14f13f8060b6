namespace SpladeLucene.StandIns.Tests.Surface;

/// <summary>Where the assemblies of this build lie.</summary>
internal static class Assemblies
{
    // Artifacts lie as bin/PROJECT/CONFIGURATION[_FRAMEWORK]/PROJECT.dll, this assembly's among them.
    public static string Of(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        string builds = Path.Combine(own.Parent!.Parent!.FullName, project);
        string[] found = Directory.Exists(builds)
            ? Directory.GetFiles(builds, project + ".dll", SearchOption.AllDirectories)
            : [];
        // Of several frameworks the newest, which is what these tests run on; as text, net8.0 comes after net10.0.
        return found.Where(path => FolderOf(path).StartsWith(own.Name, StringComparison.Ordinal))
            .OrderBy(path => FolderOf(path).Length).ThenBy(path => path, StringComparer.Ordinal).LastOrDefault()
            ?? throw new InvalidOperationException($"{project} is not built, so its calls would not count");
    }

    private static string FolderOf(string path) => Path.GetFileName(Path.GetDirectoryName(path)!);
}
