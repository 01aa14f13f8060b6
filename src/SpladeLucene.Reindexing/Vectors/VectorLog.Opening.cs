using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SpladeLucene.Reindexing.Vectors;

internal sealed partial class VectorLog
{
    private const int HeaderSize = 32;
    private const int ScanBytes = 1 << 20;

    // Beyond it the table grows when it must.
    private const int MostExpected = 1 << 26;

    /// <summary>Opens a log to append to it, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What made the vectors; a log of another identity is made anew.</param>
    /// <param name="spans">Whether terms are kept with their spans.</param>
    /// <param name="expected">About how many texts there will be.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static VectorLog Open(string path, string identity, bool spans, long expected, CancellationToken cancellation = default)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            byte[] header = HeaderOf(identity, spans);
            var places = new Dictionary<TextHash, long>((int)Math.Min(expected, MostExpected));
            long end = Scan(file, header, (hash, place) => places[hash] = place, cancellation);
            if (end == 0)
            {
                RandomAccess.SetLength(file, 0);
                RandomAccess.Write(file, header, 0);
                end = HeaderSize;
            }

            RandomAccess.SetLength(file, end);
            return new VectorLog(file, spans, places, end);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The texts of a log, without changing it; none where there is no log of this identity.</summary>
    public static void ReadHashes(
        string path, string identity, bool spans, Action<TextHash> found, CancellationToken cancellation = default)
    {
        if (!File.Exists(path)) return;
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Scan(file, HeaderOf(identity, spans), (hash, _) => found(hash), cancellation);
    }

    private static byte[] HeaderOf(string identity, bool spans)
    {
        byte[] header = new byte[HeaderSize];
        "SPLVLOG1"u8.CopyTo(header);
        TextHash.Of(identity).Write(header.AsSpan(8));
        header[24] = spans ? (byte)1 : (byte)0;
        return header;
    }

    // Returns where the last whole record ends; 0 where not even the header is whole. A damaged one before it is passed over: hours
    // of encoding may stand behind it.
    private static long Scan(SafeFileHandle file, ReadOnlySpan<byte> header, Action<TextHash, long> found, CancellationToken cancellation)
    {
        byte[] buffer = new byte[ScanBytes];
        long from = HeaderSize, end = HeaderSize;
        if (Fill(file, 0, buffer.AsSpan(0, HeaderSize)) < HeaderSize) return 0;
        if (!header.SequenceEqual(buffer.AsSpan(0, HeaderSize))) return 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = Fill(file, from, buffer);
            int used = 0, needed = VectorRecord.HeadSize;
            while (read - used >= VectorRecord.HeadSize)
            {
                ReadOnlySpan<byte> rest = buffer.AsSpan(used, read - used);
                (int length, uint checksum) = VectorRecord.ReadHead(rest);
                if (length is < TextHash.Size or > VectorRecord.MaxContent) return end;
                needed = VectorRecord.HeadSize + length;
                if (needed > rest.Length) break;
                ReadOnlySpan<byte> content = rest[VectorRecord.HeadSize..needed];
                bool isWhole = VectorRecord.Checksum(content) == checksum;
                if (isWhole) found(TextHash.Read(content), from + used);
                used += needed;
                if (isWhole) end = from + used;
                needed = VectorRecord.HeadSize;
            }

            from += used;
            if (read < buffer.Length) return end;
            if (needed > buffer.Length) buffer = new byte[needed];
        }
    }

    private static int Fill(SafeFileHandle file, long from, Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int read = RandomAccess.Read(file, buffer[filled..], from + filled);
            if (read == 0) break;
            filled += read;
        }

        return filled;
    }
}
