using Spectre.Console;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;

namespace SpladeLucene.Tool;

/// <summary>Turns what stops a command into a sentence and an <see cref="ExitCode"/>.</summary>
internal static class Ladder
{
    /// <summary>Runs it; what is wrong with the input is refused, what fails on the way has failed.</summary>
    public static async Task<int> RunAsync(ToolConsole console, Func<Task> run)
    {
        try
        {
            await run().ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("Stopped.");
            return ExitCode.Stopped;
        }
        catch (Exception bad) when (bad is ModelLoadException or MalformedLineException or DirectoryNotFoundException
            or FileNotFoundException or InvalidDataException or FingerprintMismatchException)
        {
            console.Error.WriteLine(bad.Message);
            return ExitCode.Refused;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or SpladeDocumentException
            or SparseEncodingException or InvalidOperationException)
        {
            console.Error.WriteLine(failed.Message);
            return ExitCode.Failed;
        }
    }
}
