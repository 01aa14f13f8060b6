using System.Buffers;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using SpladeLucene.Indexing;

namespace SpladeLucene.Reindexing.Vectors;

/// <summary>
/// Every vector that was encoded, by its text's hash, in a file that only grows. What was appended stays whatever ends the
/// process; a record that wasn't finished is cut off when the log is opened again, and a damaged one passed over. One thread appends, one reads, and any
/// may ask what is there.
/// </summary>
internal sealed partial class VectorLog : IDisposable
{
    // A text whose vector is still to come. No record begins within the header.
    private const long Awaited = 1;

    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    private readonly SafeFileHandle _file;
    private readonly bool _spans;
    // The place of each text's vector in the file.
    private readonly Dictionary<TextHash, long> _places;
    private readonly object _gate = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly List<(TextHash Hash, long Place)> _written = [];
    private long _end;
    private long _flushed = Stopwatch.GetTimestamp();

    private VectorLog(SafeFileHandle file, bool spans, Dictionary<TextHash, long> places, long end) =>
        (_file, _spans, _places, _end) = (file, spans, places, end);

    /// <summary>How many texts there are, those awaited included.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _places.Count;
        }
    }

    public bool Contains(TextHash hash) => PlaceOf(hash) > Awaited;

    /// <summary>Whether the text is to be encoded by who asks: its vector isn't there and nobody asked before.</summary>
    public bool Claim(TextHash hash)
    {
        lock (_gate) return _places.TryAdd(hash, Awaited);
    }

    /// <summary>Where the text's vector stands, for a <see cref="Reader"/>; 0 where it was never asked for.</summary>
    public long PlaceOf(TextHash hash)
    {
        lock (_gate) return _places.GetValueOrDefault(hash);
    }

    /// <summary>Adds a vector to those that <see cref="Append"/> will write.</summary>
    public void Add(TextHash hash, ReadOnlySpan<TermImpact> terms)
    {
        _written.Add((hash, _end + _buffer.WrittenCount));
        VectorRecord.Write(_buffer, hash, terms, _spans);
    }

    /// <summary>
    /// Writes what was added. It is out of the process afterwards; against a power cut it is flushed once a second.
    /// </summary>
    public void Append()
    {
        RandomAccess.Write(_file, _buffer.WrittenSpan, _end);
        _end += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
        lock (_gate)
        {
            foreach ((TextHash hash, long place) in _written) _places[hash] = place;
        }

        _written.Clear();
        if (Stopwatch.GetElapsedTime(_flushed) >= FlushInterval) Flush();
    }

    /// <summary>Returns when all that was appended is on the disk.</summary>
    public void Flush()
    {
        RandomAccess.FlushToDisk(_file);
        _flushed = Stopwatch.GetTimestamp();
    }

    public void Dispose() => _file.Dispose();
}
