using System.IO.Compression;
using System.Text;

namespace SpladeLucene.Evaluation;

/// <summary>Reads the lines of a text file, gzipped where its name ends in <c>.gz</c>, into records.</summary>
internal static class LineReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    // Wrong bytes must not turn into replacement characters in silence.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">The file.</param>
    /// <param name="parse">Makes a record of a line, or throws <see cref="FormatException"/>; null leaves it out.</param>
    /// <param name="onBadLine">Takes a bad line, which is then left out; null throws it.</param>
    /// <param name="onRead">Told with each line how many bytes of the file, packed where it is, have been read by then.</param>
    public static IEnumerable<T> Read<T>(string path, Func<string, long, T?> parse,
        Action<MalformedLineException>? onBadLine, Action<long>? onRead = null)
        where T : class
    {
        bool zipped = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        using FileStream file = File.OpenRead(path);
        using Stream content =
            zipped ? new GZipStream(new MarkedGzipFile(file), CompressionMode.Decompress) : file;
        var lines = new ByteLines(content, zipped ? MarkedGzipFile.Mark : []);
        for (long line = 1; NextLine(lines, path, line) is { } bytes; line++)
        {
            onRead?.Invoke(file.Position);
            if (line == 1 && bytes.Span.StartsWith(ByteOrderMark)) bytes = bytes[ByteOrderMark.Length..];
            if (Parse(path, bytes.Span, line, parse, onBadLine) is { } record) yield return record;
        }
    }

    private static T? Parse<T>(
        string path, ReadOnlySpan<byte> bytes, long line, Func<string, long, T?> parse,
        Action<MalformedLineException>? onBadLine)
        where T : class
    {
        try
        {
            string text = Strict.GetString(bytes);
            return string.IsNullOrWhiteSpace(text) ? null : parse(text, line);
        }
        catch (Exception problem) when (problem is FormatException or DecoderFallbackException)
        {
            var malformed = new MalformedLineException(path, line, problem is DecoderFallbackException bad
                ? $"byte {bad.Index + 1} of the line is not UTF-8" : problem.Message);
            if (onBadLine is null) throw malformed;
            onBadLine(malformed);
            return null;
        }
    }

    private static ReadOnlyMemory<byte>? NextLine(ByteLines lines, string path, long line)
    {
        try
        {
            return lines.Next();
        }
        catch (FormatException tooLong)
        {
            throw new MalformedLineException(path, line, tooLong.Message);
        }
        catch (InvalidDataException)
        {
            // Nothing can be read behind it, so this can't be skipped. What zlib says of it misleads.
            throw new MalformedLineException(
                path, line, "unreadable from here on: the file is no gzip file, is damaged, or its end is missing");
        }
    }
}
