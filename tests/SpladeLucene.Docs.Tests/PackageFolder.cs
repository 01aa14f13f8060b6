using System.Diagnostics;

namespace SpladeLucene.Docs.Tests;

/// <summary>Packs projects, each once for all tests of a class, and lets new projects take them.</summary>
public sealed class PackageFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _packed = new(StringComparer.Ordinal);

    /// <summary>Where the packages lie.</summary>
    public string Packages => _folder.PathOf("packages");

    public void Dispose() => _folder.Dispose();

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Packs projects, and makes a folder whose only extra source of packages they are.</summary>
    /// <returns>That folder.</returns>
    public string Pack(string home, params string[] projects)
    {
        foreach (string project in projects.Where(_packed.Add))
            Run(Repository.Root, "dotnet", $"pack {project} -c Release -v quiet -o {Packages}");
        string folder = _folder.PathOf(home);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{Packages}" /></packageSources></configuration>""");
        return folder;
    }

    /// <summary>Runs a program to its end, which is to be a good one.</summary>
    /// <returns>What it wrote.</returns>
    public string Run(string folder, string program, string arguments)
    {
        using Process process = Start(folder, program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments}\n{output}\n{errors.Result}");
        return output;
    }

    /// <summary>Starts a program. Its own packages folder, so that no earlier packing of the same version is found; what else it needs
    /// may be there.</summary>
    public Process Start(string folder, string program, string arguments)
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
            // An earlier packing of the same version there would be taken for this one.
            if (Directory.Exists(shared) && !Directory.EnumerateDirectories(shared, "spladelucene*").Any())
                start.Environment["NUGET_FALLBACK_PACKAGES"] = shared;
        }

        foreach (string inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(inherited);
        return Process.Start(start)!;
    }
}
