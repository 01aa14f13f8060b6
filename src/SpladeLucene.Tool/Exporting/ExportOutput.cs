using System.Buffers;
using System.IO.Compression;
using System.Text;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Tool.Exporting;

/// <summary>
/// Where an export goes: to a writer, or to a file that takes its name once it is complete. What may be no ordinary file, as a pipe or
/// a device, is written where it is.
/// </summary>
internal sealed class ExportOutput : IDisposable
{
    private const int Full = 1 << 16;

    private readonly ArrayBufferWriter<byte> _buffer = new(Full);
    private readonly TextWriter? _writer;
    private readonly string? _place, _made;
    private readonly Stream? _file;
    private bool _isComplete;

    private ExportOutput(TextWriter writer) => _writer = writer;

    private ExportOutput(string place)
    {
        _place = BehindLinks(place);
        if (!IsWrittenInPlace(_place)) _made = $"{_place}.making-{Guid.NewGuid():n}";
        _file = new FileStream(_made ?? _place, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        if (place.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) _file = new GZipStream(_file, CompressionLevel.Optimal);
    }

    /// <summary>What is written goes here; call <see cref="Flush"/> between documents.</summary>
    public IBufferWriter<byte> Buffer => _buffer;

    /// <summary>How many bytes were written, before they are packed.</summary>
    public long Bytes { get; private set; }

    /// <summary>Opens it.</summary>
    /// <param name="path">A file, gzipped where its name ends in <c>.gz</c>; null for <paramref name="writer"/>.</param>
    /// <param name="writer">Where it goes otherwise.</param>
    /// <exception cref="InvalidDataException">The place is a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The place is in no folder.</exception>
    public static ExportOutput Open(string? path, TextWriter writer)
    {
        if (path is null) return new ExportOutput(writer);
        string place = Path.GetFullPath(path);
        if (Directory.Exists(place)) throw new InvalidDataException($"'{path}' is a folder; --to names a file.");
        if (Path.GetDirectoryName(place) is { } folder && !Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}' for '{path}'.");
        return new ExportOutput(place);
    }

    /// <summary>Hands on what is written once there is enough of it; at a document's end.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount >= Full || _writer is not null) HandOn();
    }

    /// <summary>Gives a file its name.</summary>
    public void Complete()
    {
        HandOn();
        _file?.Dispose();
        if (_made is not null) File.Move(_made, _place!, overwrite: true);
        _isComplete = true;
    }

    public void Dispose()
    {
        if (_isComplete || _file is null) return;
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What couldn't be written is told already.
        }

        if (_made is not null) File.Delete(_made);
        else if (new FileInfo(_place!).Length > 0) File.WriteAllBytes(_place!, []);
    }

    private void HandOn()
    {
        Bytes += _buffer.WrittenCount;
        if (_file is not null) _file.Write(_buffer.WrittenSpan);
        else _writer!.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        _buffer.ResetWrittenCount();
    }

    // A link to a file with something in it stays, and the file is replaced. What the system calls standard output may be any file.
    private static string BehindLinks(string place)
    {
        if (place.StartsWith("/dev/", StringComparison.Ordinal)) return place;
        string file = IndexFolder.RealPath(place);
        return File.Exists(file) && new FileInfo(file).Length > 0 ? file : place;
    }

    // Whatever may be a pipe, a device or a link to one, such as /dev/stdout, stays what it is: of an ordinary file with nothing in it
    // nothing is lost either.
    private static bool IsWrittenInPlace(string place) =>
        File.Exists(place) && (new FileInfo(place) is var there && (there.LinkTarget is not null || there.Length == 0));
}
