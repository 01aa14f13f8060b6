using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SpladeLucene.Postings;

namespace SpladeLucene.Impacts.Files;

/// <summary>
/// Writes a segment's impacts as they are read from Lucene's postings: in memory are only the terms, eight bytes for each of
/// them and window of 65,536 documents, and the rows of one window.
/// </summary>
internal sealed class ImpactFileWriter : IPostingsSink, IDisposable
{
    // Skips that are written at a time; a slice has at most as many as a window has blocks.
    private const int HeldSkips = 1 << 16;

    // A column may be longer than what is written at a time: 2 GB are no span of bytes.
    private const int PieceLength = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly FileSections _sections;
    private readonly SegmentKey _key;
    private readonly byte[] _home;
    private long _postings;

    private ImpactFileWriter(string path, SegmentKey key, ImpactSize size, bool blocks)
    {
        _key = key;
        _home = key.Home.ToUtf8();
        _sections = FileSections.Place(FileHeader.Length, section => LengthOf(section, size, blocks));
        // Space that isn't there is missed at once. A file system that can't set any aside says so only later.
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.None, _sections.End);
        try
        {
            RandomAccess.SetLength(_file, _sections.End);
        }
        catch
        {
            // Nobody else has it yet, and nobody else may open it.
            _file.Dispose();
            throw;
        }
    }

    /// <param name="path">A file that isn't there. What is left of it when this throws is the caller's.</param>
    /// <param name="key">The segment.</param>
    /// <param name="reader">The field in the segment.</param>
    /// <param name="size">What <see cref="ImpactSize.Of"/> said.</param>
    /// <param name="blocks">Whether block-max pruning is to be prepared for.</param>
    /// <exception cref="IOException">The disk is full, or can't be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static void Write(string path, SegmentKey key, ImpactReader reader, ImpactSize size, bool blocks)
    {
        using var writer = new ImpactFileWriter(path, key, size, blocks);
        writer.Write(FileSection.Home, 0, writer._home);
        (TermTable terms, Column<int> starts) = SegmentImpactsBuilder.Stream(reader, key.Documents, size, writer);
        writer.Write(FileSection.Text, 0, terms.Text.Span);
        writer.Write(FileSection.TextStarts, 0, terms.TextStarts.Span);
        writer.Write(FileSection.ShortSlots, 0, terms.ShortSlots.Span);
        writer.Write(FileSection.LongSlots, 0, terms.LongSlots.Span);
        writer.Write(FileSection.Starts, 0, starts.Span);
        if (blocks) writer.WriteBlocks(terms, starts);
        writer.Finish();
    }

    public void Take(ReadOnlySpan<ushort> ids, ReadOnlySpan<byte> impacts)
    {
        Write(FileSection.Ids, _postings, ids);
        Write(FileSection.Impacts, _postings, impacts);
        _postings += ids.Length;
    }

    public void Dispose() => _file.Dispose();

    private long LengthOf(FileSection section, ImpactSize size, bool blocks)
    {
        long slots = TermTable.SlotsFor(size.Terms);
        bool isShort = TermTable.HasShortSlots(size.Terms);
        return section switch
        {
            FileSection.Home => _home.Length,
            FileSection.Text => size.TextBytes,
            FileSection.TextStarts => sizeof(int) * (size.Terms + 1L),
            FileSection.ShortSlots => isShort ? sizeof(ushort) * slots : 0,
            FileSection.LongSlots => isShort ? 0 : sizeof(int) * slots,
            FileSection.Starts => sizeof(int) * (size.Slices + 1),
            FileSection.Ids => sizeof(ushort) * (size.Postings + SegmentImpacts.Padding),
            FileSection.Impacts => size.Postings + SegmentImpacts.Padding,
            FileSection.RowLengths => blocks ? sizeof(long) * SegmentImpacts.WindowsOf(_key.Documents) : 0,
            FileSection.RowOf => blocks ? sizeof(int) * size.Slices : 0,
            FileSection.Skips => blocks ? sizeof(ushort) * BlockIndex.SkipsFor((int)size.Postings) : 0,
            // They are known when the rest is written.
            _ => 0,
        };
    }

    private unsafe void WriteBlocks(TermTable terms, Column<int> starts)
    {
        using MemoryOutsideHeap memory = ImpactFile.Map(_file);
        Column<T> Written<T>(FileSection section)
            where T : unmanaged => new(
                (T*)(memory.First + _sections.OffsetOf(section)), (int)(_sections.BytesOf(section) / sizeof(T)));
        var windows = new SegmentImpacts(
            _key.Documents, terms, starts, Written<ushort>(FileSection.Ids), Written<byte>(FileSection.Impacts), null, memory);
        var builder = new BlockIndexBuilder(windows);
        WriteRows(builder, windows.Windows);
        Write(FileSection.RowOf, 0, builder.RowOf);
        WriteSkips(builder);
    }

    private void WriteRows(BlockIndexBuilder builder, int windows)
    {
        var lengths = new long[windows];
        byte[] rows = [];
        long written = 0;
        for (int window = 0; window < windows; window++)
        {
            int length = builder.PlaceRows(window);
            if (rows.Length < length) rows = new byte[length];
            else rows.AsSpan(0, length).Clear();
            builder.FillRows(window, rows.AsSpan(0, length));
            Write(FileSection.Rows, written, rows.AsSpan(0, length));
            lengths[window] = length;
            written += length;
        }

        _sections.Close(written);
        Write(FileSection.RowLengths, 0, lengths);
    }

    private void WriteSkips(BlockIndexBuilder builder)
    {
        ushort[] held = new ushort[HeldSkips];
        int first = 0, end = 0;
        for (int slice = 0; slice < builder.RowOf.Length; slice++)
        {
            (int place, int count) = builder.SkipsOf(slice);
            if (count == 0) continue;
            if (place + count - first > held.Length)
            {
                Write(FileSection.Skips, first, held.AsSpan(0, end - first));
                held.AsSpan().Clear();
                first = place;
            }

            builder.FillSkips(slice, held.AsSpan(place - first, count));
            end = place + count;
        }

        Write(FileSection.Skips, first, held.AsSpan(0, end - first));
    }

    private void Finish()
    {
        RandomAccess.SetLength(_file, _sections.End);
        byte[] header = new byte[FileHeader.Length];
        using (MemoryOutsideHeap memory = ImpactFile.Map(_file))
            new FileHeader(_key.Hash, _key.Documents, _sections, ImpactFile.ChecksumOf(memory)).Write(header);
        RandomAccess.Write(_file, header, 0);
        RandomAccess.FlushToDisk(_file);
    }

    /// <param name="section">Where.</param>
    /// <param name="place">The number in the section that these begin at.</param>
    /// <param name="numbers">What.</param>
    private void Write<T>(FileSection section, long place, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        long offset = _sections.OffsetOf(section) + (place * Unsafe.SizeOf<T>());
        for (ReadOnlySpan<byte> piece; !numbers.IsEmpty; offset += piece.Length)
        {
            int length = Math.Min(numbers.Length, PieceLength);
            piece = MemoryMarshal.AsBytes(numbers[..length]);
            RandomAccess.Write(_file, piece, offset);
            numbers = numbers[length..];
        }
    }

    private void Write<T>(FileSection section, long place, T[] numbers)
        where T : unmanaged => Write<T>(section, place, numbers.AsSpan());

    private void Write<T>(FileSection section, long place, Span<T> numbers)
        where T : unmanaged => Write(section, place, (ReadOnlySpan<T>)numbers);
}
