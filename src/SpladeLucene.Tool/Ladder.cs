using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;

namespace SpladeLucene.Tool;

/// <summary>Turns what stops a command into a sentence and an <see cref="ExitCode"/>.</summary>
internal static class Ladder
{
    /// <summary>Runs it; what is wrong with the input is refused, what fails on the way has failed.</summary>
    public static Task<int> RunAsync(ToolConsole console, Func<Task> run) =>
        RunAsync((kind, sentence) => console.Ended(kind, sentence), run);

    /// <summary>The same, told by <paramref name="ended"/>: a kind and a sentence.</summary>
    public static Task<int> RunAsync(Action<string, string> ended, Func<Task> run) => RunAsync(ended, async () =>
    {
        await run().ConfigureAwait(false);
        return ExitCode.Done;
    });

    /// <summary>The same of what ends with a code of its own.</summary>
    public static async Task<int> RunAsync(Action<string, string> ended, Func<Task<int>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ended("stopped", "Stopped.");
            return ExitCode.Stopped;
        }
        catch (Exception bad) when (bad is ModelLoadException or MalformedLineException or DirectoryNotFoundException
            or FileNotFoundException or InvalidDataException or FingerprintMismatchException or ArgumentException)
        {
            ended("refused", Sentences.WithoutParameter(bad));
            return ExitCode.Refused;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or SpladeDocumentException
            or SparseEncodingException or InvalidOperationException)
        {
            ended("failed", failed.Message);
            return ExitCode.Failed;
        }
        catch (Exception unexpected)
        {
            ended("failed", Sentences.OfUnexpected(unexpected));
            return ExitCode.Failed;
        }
    }
}
