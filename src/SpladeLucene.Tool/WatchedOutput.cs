using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SpladeLucene.Tool;

/// <summary>
/// The process's output where it goes to another process: .NET's own stream takes writes to a reader that is gone for written, so
/// that the work would go on for nobody. This one says so once, and takes what still comes for written too. Thread-safe as a console is.
/// </summary>
internal sealed class WatchedOutput(Stream output, Action closed) : Stream
{
    private const int OutputHandle = 1;

    // EPIPE, on Linux and macOS.
    private const int BrokenPipe = 32;

    private bool _isClosed;

    /// <summary>A writer to this process's output.</summary>
    /// <param name="closed">Told once that nobody reads any more.</param>
    public static TextWriter OfProcess(Action closed)
    {
        // Windows names its handles otherwise; a terminal, and a file that others write to as well, are the console's.
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected || Pipe() is not { } pipe) return Console.Out;
        return TextWriter.Synchronized(new StreamWriter(new WatchedOutput(pipe, closed), new UTF8Encoding(false)) { AutoFlush = true });
    }

    private static FileStream? Pipe()
    {
        try
        {
            var output = new FileStream(new SafeFileHandle(OutputHandle, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return output.CanSeek ? null : output;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isClosed) return;
        try
        {
            output.Write(buffer);
        }
        catch (IOException gone) when (IsClosedPipe(gone))
        {
            _isClosed = true;
            closed();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        if (!_isClosed) output.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // A full disk is another matter.
    private static bool IsClosedPipe(IOException problem) => problem.HResult == BrokenPipe;
}
