using System.Diagnostics;

namespace SpladeLucene.TestSupport;

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
public static class Programs
{
    /// <summary>What is missing, in a sentence; null where all are there.</summary>
    public static string? Missing(IEnumerable<string> programs)
    {
        if (!OperatingSystem.IsLinux()) return "Only tried on Linux.";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return programs.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing
            ? $"There is no {missing} here." : null;
    }

    /// <summary>Runs a program to its end and returns what it wrote; a code other than 0 fails with its errors.</summary>
    public static async Task<string> RunAsync(string program, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }
}
