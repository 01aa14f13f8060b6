namespace SpladeLucene.Tool.Tests.Support;

/// <summary>A test that needs programs on the path; skipped where one isn't there, and says which.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramsFactAttribute : FactAttribute
{
    public ProgramsFactAttribute(params string[] programs) => Skip = Programs.Missing(programs);
}

/// <summary>Tests that need programs on the path; skipped where one isn't there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramsTheoryAttribute : TheoryAttribute
{
    public ProgramsTheoryAttribute(params string[] programs) => Skip = Programs.Missing(programs);
}

/// <summary>Looks for programs.</summary>
internal static class Programs
{
    /// <summary>What is missing, in a sentence; null where all are there.</summary>
    public static string? Missing(IEnumerable<string> programs)
    {
        if (!OperatingSystem.IsLinux()) return "Only tried on Linux.";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return programs.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing
            ? $"There is no {missing} here." : null;
    }
}
