using System.IO.Compression;
using System.Text;

namespace SpladeLucene.Evaluation;

/// <summary>Reads the lines of a text file, gzipped where its name ends in <c>.gz</c>, into records.</summary>
internal static class LineReader
{
    // Wrong bytes must not turn into replacement characters in silence.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">The file.</param>
    /// <param name="parse">Makes a record of a line, or throws <see cref="FormatException"/>; null leaves it out.</param>
    /// <param name="onBadLine">Takes a bad line, which is then left out; null throws it.</param>
    public static IEnumerable<T> Read<T>(
        string path, Func<string, long, T?> parse, Action<MalformedLineException>? onBadLine)
        where T : class
    {
        using FileStream file = File.OpenRead(path);
        bool zipped = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using Stream content = zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content, Strict);
        for (long line = 1; NextLine(reader, path, line) is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (Parse(path, text, line, parse, onBadLine) is { } record) yield return record;
        }
    }

    private static T? Parse<T>(
        string path, string text, long line, Func<string, long, T?> parse, Action<MalformedLineException>? onBadLine)
        where T : class
    {
        try
        {
            return parse(text, line);
        }
        catch (FormatException problem)
        {
            var malformed = new MalformedLineException(path, line, problem.Message);
            if (onBadLine is null) throw malformed;
            onBadLine(malformed);
            return null;
        }
    }

    private static string? NextLine(StreamReader reader, string path, long line)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception problem) when (problem is DecoderFallbackException or InvalidDataException)
        {
            // What follows can't be told apart into lines any more, so this can't be skipped.
            throw new MalformedLineException(path, line, $"unreadable from here on: {problem.Message}");
        }
    }
}
