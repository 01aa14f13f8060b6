using System.CommandLine;

namespace SpladeLucene.Benchmarks.Shared;

/// <summary>Runs a command line: whatever goes wrong ends with a sentence and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Something failed on the way.</summary>
    public const int Failed = 1;

    /// <summary>The command line can't be meant.</summary>
    public const int BadUsage = 2;

    /// <summary>Stopped from outside, as shells say it of Ctrl-C.</summary>
    public const int Stopped = 130;

    /// <param name="root">The command with its options.</param>
    /// <param name="args">The words of the command line.</param>
    /// <param name="run">Does it; returns the exit code.</param>
    /// <param name="isExpected">What may be thrown besides bad input, bad files and a folder that is closed.</param>
    public static async Task<int> RunAsync(RootCommand root, string[] args,
        Func<ParseResult, CancellationToken, Task<int>> run, Func<Exception, bool>? isExpected = null)
    {
        root.SetAction((parsed, cancellation) => RunAsync(() => run(parsed, cancellation), isExpected));
        ParseResult parsed = root.Parse(args);
        // After Ctrl-C what was measured is still written.
        var patient = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
        int exitCode = await parsed.InvokeAsync(patient).ConfigureAwait(false);
        return parsed.Errors.Count > 0 ? BadUsage : exitCode;
    }

    private static async Task<int> RunAsync(Func<Task<int>> run, Func<Exception, bool>? isExpected)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.").ConfigureAwait(false);
            return Stopped;
        }
        catch (Exception problem) when (problem is IOException or FormatException or InvalidDataException
            or InvalidOperationException or ArgumentException or UnauthorizedAccessException
            || isExpected?.Invoke(problem) == true)
        {
            await Console.Error.WriteLineAsync(problem.Message).ConfigureAwait(false);
            return Failed;
        }
    }
}
