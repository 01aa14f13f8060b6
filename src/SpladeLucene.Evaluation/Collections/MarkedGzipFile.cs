using System.IO.Compression;

namespace SpladeLucene.Evaluation;

/// <summary>
/// The bytes of a gzip file with one member more behind them, which unpacks to <see cref="Mark"/>.
/// <see cref="GZipStream"/> checks a member's sums where it comes to them, and takes a file that is cut off before them
/// for one that ends there; but the mark comes out behind a whole file only.
/// </summary>
internal sealed class MarkedGzipFile(Stream file) : Stream
{
    private static readonly byte[] Member = Pack(Mark);

    private long _read;
    private int _given;

    /// <summary>What comes out last; no line feed among its bytes, and no UTF-8.</summary>
    public static byte[] Mark => [0xFF, .. "the end of a whole file"u8, 0xFF];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = file.Read(buffer);
        _read += read;
        // A file of no bytes is no gzip file.
        if (read > 0 || _read == 0) return read;
        read = Math.Min(buffer.Length, Member.Length - _given);
        Member.AsSpan(_given, read).CopyTo(buffer);
        _given += read;
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal)) zip.Write(content);
        return packed.ToArray();
    }
}
