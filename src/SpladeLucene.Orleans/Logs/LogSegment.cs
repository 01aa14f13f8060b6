using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace SpladeLucene.Logs;

/// <summary>
/// One file of a log: a head that says which operation it begins after, then operations, each with a hash over itself and the
/// hash before it. So what equals at one place equals at all before it, and a tail that wasn't written whole is told.
/// </summary>
internal sealed partial class LogSegment : IDisposable
{
    public const int HashLength = 32;
    private const int HeadLength = 8 + 8 + HashLength + HashLength;
    private const int RecordHead = 4 + HashLength;
    private static readonly byte[] Magic = "SPLADEL1"u8.ToArray();

    private readonly SafeFileHandle _file;
    private readonly List<long> _ends = [];
    private readonly List<byte[]> _hashes = [];
    private readonly byte[] _baseHash;
    private readonly Action<SafeFileHandle> _flush;

    private LogSegment(string path, SafeFileHandle file, long baseNumber, byte[] baseHash, Action<SafeFileHandle> flush)
    {
        (Path, _file, BaseNumber, _baseHash, _flush) = (path, file, baseNumber, baseHash, flush);
    }

    public string Path { get; }

    /// <summary>The number of the operation before the first.</summary>
    public long BaseNumber { get; }

    public long LastNumber => BaseNumber + _ends.Count;

    public long Length => _ends.Count == 0 ? HeadLength : _ends[^1];

    /// <summary>Whether what couldn't be flushed couldn't be taken back either: it may be read again, and not be on the disk.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The hash at an operation's number, from <see cref="BaseNumber"/> to <see cref="LastNumber"/>.</summary>
    public byte[] HashAt(long number) => number == BaseNumber ? _baseHash : _hashes[(int)(number - BaseNumber - 1)];

    /// <summary>Begins a file.</summary>
    public static LogSegment Create(string path, long baseNumber, byte[] baseHash, Action<SafeFileHandle> flush)
    {
        byte[] head = new byte[HeadLength];
        Magic.CopyTo(head, 0);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8), baseNumber);
        baseHash.CopyTo(head.AsSpan(16));
        SHA256.HashData(head.AsSpan(0, 16 + HashLength), head.AsSpan(16 + HashLength));
        SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            RandomAccess.Write(file, head, 0);
            flush(file);
            FolderFlush.Flush(System.IO.Path.GetDirectoryName(path)!);
            return new LogSegment(path, file, baseNumber, baseHash, flush);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a file and cuts off what wasn't written whole. Where that can't be the end of a write that a crash cut off, the
    /// file is kept as it is under another name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isLast">Whether no other follows: one before it was written whole.</param>
    /// <param name="flush">Waits for the disk.</param>
    /// <returns>The segment, or null where not even the head is whole; how many bytes were cut off; whether they are damaged.</returns>
    public static (LogSegment? Segment, long CutOff, bool IsDamaged) Open(
        string path, bool isLast, Action<SafeFileHandle> flush)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        long length = RandomAccess.GetLength(file);
        byte[] head = new byte[HeadLength];
        if (!ReadWhole(file, head, 0) || !head.AsSpan(0, 8).SequenceEqual(Magic)
            || !SHA256.HashData(head.AsSpan(0, 16 + HashLength)).AsSpan().SequenceEqual(head.AsSpan(16 + HashLength)))
        {
            file.Dispose();
            return (null, length, !isLast || length > HeadLength);
        }

        long baseNumber = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(8));
        var segment = new LogSegment(path, file, baseNumber, head[16..(16 + HashLength)], flush);
        try
        {
            segment.ReadRecords(length);
            long cutOff = length - segment.Length;
            bool isDamaged = cutOff > 0 && (!isLast || segment.HasRecordsAfterIts(length));
            if (isDamaged) DamagedFile.Copy(path);
            if (cutOff > 0) RandomAccess.SetLength(file, segment.Length);
            return (segment, cutOff, isDamaged);
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Writes operations and waits for the disk, once for all; takes them back where that fails.</summary>
    public void Append(IReadOnlyList<byte[]> operations)
    {
        using var bytes = new MemoryStream();
        var ends = new List<long>(operations.Count);
        var hashes = new List<byte[]>(operations.Count);
        byte[] hash = HashAt(LastNumber);
        Span<byte> length = stackalloc byte[4];
        foreach (byte[] operation in operations)
        {
            hash = Hash(hash, operation);
            BinaryPrimitives.WriteInt32LittleEndian(length, operation.Length);
            bytes.Write(length);
            bytes.Write(hash);
            bytes.Write(operation);
            ends.Add(Length + bytes.Length);
            hashes.Add(hash);
        }

        try
        {
            RandomAccess.Write(_file, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), Length);
            _flush(_file);
        }
        catch
        {
            TakeBack();
            throw;
        }

        _ends.AddRange(ends);
        _hashes.AddRange(hashes);
    }

    /// <summary>Reads one operation.</summary>
    public byte[] Read(long number)
    {
        int i = (int)(number - BaseNumber - 1);
        long start = (i == 0 ? HeadLength : _ends[i - 1]) + RecordHead;
        byte[] operation = new byte[_ends[i] - start];
        if (!ReadWhole(_file, operation, start) || !Hash(HashAt(number - 1), operation).AsSpan().SequenceEqual(_hashes[i]))
            throw new InvalidDataException($"Operation {number} of the log '{Path}' isn't what was written.");
        return operation;
    }

    /// <summary>Cuts off what comes after an operation; whatever stops it, it has what its file has.</summary>
    public void Truncate(long number)
    {
        int kept = (int)(number - BaseNumber);
        RandomAccess.SetLength(_file, kept == 0 ? HeadLength : _ends[kept - 1]);
        _ends.RemoveRange(kept, _ends.Count - kept);
        _hashes.RemoveRange(kept, _hashes.Count - kept);
        _flush(_file);
    }

    public void Dispose() => _file.Dispose();

    private void TakeBack()
    {
        try
        {
            RandomAccess.SetLength(_file, Length);
            _flush(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            IsBroken = true;
        }
    }

    private void ReadRecords(long length)
    {
        byte[] head = new byte[RecordHead];
        while (ReadWhole(_file, head, Length))
        {
            int size = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (size <= 0 || Length + RecordHead + size > length) return;
            byte[] operation = new byte[size];
            if (!ReadWhole(_file, operation, Length + RecordHead)) return;
            byte[] hash = Hash(HashAt(LastNumber), operation);
            if (!hash.AsSpan().SequenceEqual(head.AsSpan(4))) return;
            long end = Length + RecordHead + size;
            _ends.Add(end);
            _hashes.Add(hash);
        }
    }

    private static byte[] Hash(byte[] before, byte[] operation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(operation);
        return hash.GetHashAndReset();
    }

    private static bool ReadWhole(SafeFileHandle file, byte[] bytes, long at)
    {
        int read = 0;
        while (read < bytes.Length)
        {
            int more = RandomAccess.Read(file, bytes.AsSpan(read), at + read);
            if (more == 0) return false;
            read += more;
        }

        return true;
    }
}
