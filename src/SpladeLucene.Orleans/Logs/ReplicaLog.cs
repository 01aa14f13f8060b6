using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SpladeLucene.Logs;

/// <summary>
/// The operations of a replica in their order, in files that follow each other, on the disk before anyone is told. Thread-safe.
/// </summary>
internal sealed class ReplicaLog : IDisposable
{
    private const string Ending = ".log";
    private const long LongestSegment = 64 << 20;

    private readonly object _lock = new();
    private readonly string _folder;
    private readonly Action<SafeFileHandle> _flush;
    private readonly List<LogSegment> _segments = [];

    private ReplicaLog(string folder, Action<SafeFileHandle> flush)
    {
        (_folder, _flush) = (folder, flush);
    }

    /// <summary>The hash before the first operation of all.</summary>
    public static byte[] NoHash { get; } = new byte[LogSegment.HashLength];

    /// <summary>How many bytes weren't whole when the log was opened, and were cut off.</summary>
    public long CutOff { get; private set; }

    /// <summary>Whether operations that were on the disk once aren't in the log: it is damaged, or isn't the index's. Its files were
    /// set aside.</summary>
    public bool MayMiss { get; private set; }

    /// <summary>Whether a file may show operations that aren't on the disk, as it could neither be flushed nor cut off.</summary>
    public bool IsBroken
    {
        get
        {
            lock (_lock) return _segments.Any(segment => segment.IsBroken);
        }
    }

    public long LastNumber
    {
        get
        {
            lock (_lock) return _segments[^1].LastNumber;
        }
    }

    /// <summary>The hash at the last operation.</summary>
    public byte[] LastHash
    {
        get
        {
            lock (_lock) return _segments[^1].HashAt(_segments[^1].LastNumber);
        }
    }

    /// <summary>Opens the log of a folder, or begins one.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="number">What the index has for sure: a log that hasn't this place is set aside, and begins anew there.</param>
    /// <param name="hash">The hash at that number.</param>
    /// <param name="beginsAnew">Whether it begins anew there whatever it has, as the index is another's.</param>
    /// <param name="flush">Waits for the disk; null for what the system has.</param>
    public static ReplicaLog Open(
        string folder, long number, byte[] hash, bool beginsAnew = false, Action<SafeFileHandle>? flush = null)
    {
        System.IO.Directory.CreateDirectory(folder);
        var log = new ReplicaLog(folder, flush ?? RandomAccess.FlushToDisk);
        try
        {
            string[] paths = [.. System.IO.Directory.GetFiles(folder, "*" + Ending).Order(StringComparer.Ordinal)];
            if (beginsAnew)
            {
                foreach (string path in paths) File.Delete(path);
                log.Restart(number, hash);
                return log;
            }

            for (int i = 0; i < paths.Length; i++) log.Open(paths[i], isLast: i == paths.Length - 1);
            if (!log.Has(number, hash))
            {
                log.MayMiss = log.MayMiss || log._segments.Count > 0 || number > 0;
                log.SetAside();
                log.Restart(number, hash);
            }

            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Whether the log has the place after an operation, and all before it are the same.</summary>
    public bool Has(long number, byte[] hash)
    {
        lock (_lock) return SegmentOf(number) is { } segment && segment.HashAt(number).AsSpan().SequenceEqual(hash);
    }

    /// <summary>The hash at a number that the log has.</summary>
    public byte[] HashAt(long number)
    {
        lock (_lock) return SegmentOf(number)!.HashAt(number);
    }

    /// <summary>Writes operations and waits for the disk.</summary>
    public void Append(IReadOnlyList<byte[]> operations)
    {
        if (operations.Count == 0) return;
        lock (_lock)
        {
            if (_segments[^1].Length > LongestSegment) Roll();
            _segments[^1].Append(operations);
        }
    }

    /// <summary>The operations after a number, up to so many bytes but at least one where there is one.</summary>
    public byte[][] Read(long after, long bytes)
    {
        var read = new List<byte[]>();
        lock (_lock)
        {
            for (long number = after + 1; number <= _segments[^1].LastNumber && bytes > 0; number++)
            {
                read.Add(SegmentOf(number - 1, holdsNext: true)!.Read(number));
                bytes -= read[^1].Length;
            }
        }

        return [.. read];
    }

    /// <summary>Cuts off what comes after an operation that the log has.</summary>
    public void Truncate(long number)
    {
        lock (_lock)
        {
            while (_segments[^1].BaseNumber > number) Remove(_segments.Count - 1);
            _segments[^1].Truncate(number);
        }
    }

    /// <summary>Forgets everything and begins at a place.</summary>
    public void Restart(long number, byte[] hash)
    {
        lock (_lock)
        {
            while (_segments.Count > 0) Remove(_segments.Count - 1);
            _segments.Add(LogSegment.Create(PathOf(number), number, hash, _flush));
        }
    }

    /// <summary>Deletes the files that end before a number, but keeps about so many bytes for replicas that were away for a while.
    /// </summary>
    public void CutBefore(long number, long kept)
    {
        lock (_lock)
        {
            if (_segments[^1].LastNumber > _segments[^1].BaseNumber && _segments[^1].Length > kept) Roll();
            while (_segments.Count > 1 && _segments[0].LastNumber <= number
                && _segments.Skip(1).Sum(segment => segment.Length) >= kept)
                Remove(0);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (LogSegment segment in _segments) segment.Dispose();
        }
    }

    private void Open(string path, bool isLast)
    {
        (LogSegment? segment, long cutOff, bool isDamaged) = LogSegment.Open(path, isLast, _flush);
        CutOff += cutOff;
        MayMiss = MayMiss || isDamaged;
        if (segment is not null && (_segments is not [.., var last] || Follows(last, segment)))
        {
            _segments.Add(segment);
            return;
        }

        // A file that was just begun has nothing; any other has what was acknowledged.
        if (segment is null && !isDamaged)
        {
            File.Delete(path);
            return;
        }

        CutOff += segment?.Length ?? 0;
        MayMiss = true;
        segment?.Dispose();
        DamagedFile.Move(path);
    }

    private void SetAside()
    {
        foreach (LogSegment segment in _segments)
        {
            segment.Dispose();
            DamagedFile.Move(segment.Path);
        }

        _segments.Clear();
    }

    private static bool Follows(LogSegment last, LogSegment next) => last.LastNumber == next.BaseNumber
        && last.HashAt(last.LastNumber).AsSpan().SequenceEqual(next.HashAt(next.BaseNumber));

    private void Roll()
    {
        LogSegment last = _segments[^1];
        _segments.Add(LogSegment.Create(PathOf(last.LastNumber), last.LastNumber, last.HashAt(last.LastNumber), _flush));
    }

    private void Remove(int i)
    {
        _segments[i].Dispose();
        File.Delete(_segments[i].Path);
        FolderFlush.Flush(_folder);
        _segments.RemoveAt(i);
    }

    // A place between two files is in both; the later one holds what comes next.
    private LogSegment? SegmentOf(long number, bool holdsNext = false) => _segments.LastOrDefault(
        segment => segment.BaseNumber <= number && (holdsNext ? segment.LastNumber > number : segment.LastNumber >= number));

    private string PathOf(long number) =>
        Path.Combine(_folder, number.ToString("D19", CultureInfo.InvariantCulture) + Ending);
}
