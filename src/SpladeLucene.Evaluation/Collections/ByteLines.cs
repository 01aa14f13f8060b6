namespace SpladeLucene.Evaluation;

/// <summary>Cuts a stream into lines at its line feeds, whatever stands between them.</summary>
/// <param name="content">The stream.</param>
/// <param name="endMark">
/// What its last bytes must be, which belong to no line; no line feed among them. May be empty.
/// </param>
/// <param name="longest">The bytes that a line may have at most, which bounds what is held in memory.</param>
internal sealed class ByteLines(Stream content, byte[] endMark, int longest = ByteLines.Longest)
{
    /// <summary>64 MiB: many times the longest document of any collection.</summary>
    public const int Longest = 64 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;

    /// <summary>
    /// The next line without its line end (LF or CRLF), until the next call; null after the last one.
    /// </summary>
    /// <exception cref="FormatException">A line is too long; nothing can be read behind it.</exception>
    /// <exception cref="InvalidDataException">The mark does not stand at the end.</exception>
    public ReadOnlyMemory<byte>? Next()
    {
        int searched = 0;
        while (true)
        {
            int feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            RequireShort(feed >= 0 ? searched + feed : _end - _start - endMark.Length);
            if (feed >= 0) return Take(searched + feed, 1);
            searched = _end - _start;
            if (!Fill()) return TakeLast();
        }
    }

    private void RequireShort(int length)
    {
        if (length > longest)
            throw new FormatException($"the line is longer than {longest >> 20} MiB: is this a file of lines?");
    }

    private ReadOnlyMemory<byte>? TakeLast()
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
        if (!rest.EndsWith(endMark)) throw new InvalidDataException("The end is missing.");
        // Not as one conditional expression: there null would become an empty line, through the conversion from arrays.
        if (rest.Length > endMark.Length) return Take(rest.Length - endMark.Length, 0);
        return null;
    }

    private ReadOnlyMemory<byte> Take(int length, int lineFeed)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + lineFeed;
        return line.Span is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private bool Fill()
    {
        if (_end == _buffer.Length)
        {
            byte[] larger = _start > 0 ? _buffer : new byte[2 * _buffer.Length];
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            (_buffer, _start, _end) = (larger, 0, _end - _start);
        }

        int read = content.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
