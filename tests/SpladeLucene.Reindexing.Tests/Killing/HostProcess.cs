using System.Diagnostics;
using SpladeLucene.Reindexing.Host;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Runs the host, to its end or until it is killed.</summary>
internal sealed class HostProcess(string source, string target, string log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Everything that the host has said on its error stream; empty unless something is wrong.</summary>
    public string Errors { get; private set; } = "";

    /// <summary>Runs to the end.</summary>
    public int Run() => RunUntil(_ => false)!.Value;

    /// <summary>
    /// Kills the host, without a chance to tidy up, as soon as <paramref name="isTime"/> says so after it began.
    /// </summary>
    /// <returns>The exit code, or null where the host was killed.</returns>
    public int? RunUntil(Predicate<TimeSpan> isTime)
    {
        using Process host = Process.Start(StartInfo())!;
        Task<string> errors = host.StandardError.ReadToEndAsync();
        host.StandardOutput.ReadLine();
        Task<string> output = host.StandardOutput.ReadToEndAsync();
        long began = Stopwatch.GetTimestamp();
        bool killed = false;
        while (!host.WaitForExit(TimeSpan.FromMilliseconds(1)))
        {
            TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
            if (!killed && (isTime(elapsed) || elapsed > Longest))
            {
                host.Kill();
                killed = true;
            }
        }

        Errors = errors.GetAwaiter().GetResult();
        output.GetAwaiter().GetResult();
        bool ended = host.ExitCode is >= 0 and <= 2;
        return killed && !ended ? null : host.ExitCode;
    }

    private ProcessStartInfo StartInfo()
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        return new ProcessStartInfo(dotnet, [typeof(MigrationHost).Assembly.Location, source, target, log])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
