using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace SpladeLucene.Benchmarks.Engines;

/// <summary>Runs another program and hears what it prints, line by line.</summary>
internal static class OutsideProgram
{
    private const int Interrupted = 130;

    /// <exception cref="OperationCanceledException">It was stopped; the lines so far were heard.</exception>
    /// <exception cref="IOException">It did not start, or failed.</exception>
    public static void Run(string program, string[] parameters, Action<string> heard, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using Process process = Start(program, parameters);
        using CancellationTokenRegistration stop = cancellation.Register(() => Stop(process));
        while (process.StandardOutput.ReadLine() is { } line) heard(line);
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        // Ctrl-C reaches it too, and maybe before it is heard of here.
        if (process.ExitCode == Interrupted) throw new OperationCanceledException();
        if (process.ExitCode != 0) throw new IOException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>Starts it; what it prints is read by the caller.</summary>
    /// <exception cref="IOException">It did not start.</exception>
    public static Process Start(string program, string[] parameters, Encoding? encoding = null)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, parameters)
            {
                RedirectStandardOutput = true, StandardOutputEncoding = encoding,
            })!;
        }
        catch (Win32Exception problem)
        {
            throw new IOException($"The program {program} did not start: {problem.Message}", problem);
        }
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
