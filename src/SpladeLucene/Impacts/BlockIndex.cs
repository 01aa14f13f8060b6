using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpladeLucene.Impacts;

/// <summary>
/// What block-max pruning needs beside the windows. Documents are cut into blocks of 16. A slice with many postings has
/// a row: the largest impact of each of its blocks as a level, four bits that bound it from above. A slice with few has
/// none, its postings are their own bounds. And every slice has skips, so that the postings of one block are found without a
/// search. Immutable and thread-safe.
/// </summary>
internal sealed class BlockIndex
{
    public const int BlockShift = 4;

    /// <summary>Documents a block.</summary>
    public const int BlockSize = 1 << BlockShift;

    public const int BlocksPerWindow = SegmentImpacts.WindowSize / BlockSize;

    /// <summary>A row has at most this many bytes for each posting of its slice.</summary>
    public const int MaxRowBytesPerPosting = 4;

    /// <summary>Impacts a level: level l stands for those up to l × 17.</summary>
    public const int LevelStep = byte.MaxValue / MostLevel;

    /// <summary>The level of impacts from 239 to 255.</summary>
    public const int MostLevel = 15;

    /// <summary>Rows consist of parts as long as vectors want them: byte i of a part has the level of its block i in the low
    /// half, and that of block i + 32 in the high one.</summary>
    public const int BlocksPerPart = 64;

    private const int BytesPerPart = BlocksPerPart / 2;

    // A skip for every 16th posting or fewer. The skips of a slice that starts at s lie from s / 16 on.
    private const int SkipShift = 4;

    private readonly Column<int> _rowOf;
    private readonly Column<byte>[] _rows;
    private readonly Column<ushort> _skips;

    /// <param name="rowOf">For each slice, where its row begins in its window's rows; -1 for none.</param>
    /// <param name="rows">For each window, its rows one after the other.</param>
    /// <param name="skips">As <see cref="SkipsOf"/> reads them.</param>
    public BlockIndex(Column<int> rowOf, Column<byte>[] rows, Column<ushort> skips)
    {
        _rowOf = rowOf;
        _rows = rows;
        _skips = skips;
    }

    public long Bytes => _rowOf.Bytes + _skips.Bytes + _rows.Sum(rows => rows.Bytes);

    /// <summary>How many blocks a row has levels for in a window of that many documents: whole parts.</summary>
    public static int BlocksOf(int documents)
    {
        int blocks = (documents + BlockSize - 1) >> BlockShift;
        return (blocks + BlocksPerPart - 1) / BlocksPerPart * BlocksPerPart;
    }

    /// <summary>How many bytes a row has in a window of that many documents.</summary>
    public static int RowLength(int documents) => BlocksOf(documents) / 2;

    /// <summary>The least level that stands for an impact.</summary>
    public static int LevelOf(int impact) => (impact + LevelStep - 1) / LevelStep;

    /// <summary>The level of a block in the byte of a row that has it.</summary>
    public static int LevelIn(byte levels, int block) =>
        block % BlocksPerPart < BytesPerPart ? levels & MostLevel : levels >> 4;

    /// <summary>Where a row has the level of a block.</summary>
    public static int ByteOf(int block) => (block / BlocksPerPart * BytesPerPart) + (block % BytesPerPart);

    /// <summary>Says a block's level in a row of zeroes.</summary>
    public static void SetLevel(Span<byte> row, int block, int level) =>
        row[ByteOf(block)] |= (byte)(block % BlocksPerPart < BytesPerPart ? level : level << 4);

    /// <summary>Whether a slice of that many postings has a row.</summary>
    public static bool HasRow(int postings, int rowLength) => (long)postings * MaxRowBytesPerPosting >= rowLength;

    /// <summary>How many skips a segment of that many postings has room for.</summary>
    public static int SkipsFor(int postings) => (postings >> SkipShift) + 1;

    /// <summary>
    /// The skips of a slice: entry b says how many of its ids are under b × 2^shift. A power of two of them, at least 16
    /// postings each; empty for a short slice.
    /// </summary>
    public static int SkipsOf(int start, int end, out int count, out int shift)
    {
        int room = (end - start) >> SkipShift;
        count = room < 2 ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)room + 1) >> 1;
        count = Math.Min(count, BlocksPerWindow);
        shift = SegmentImpacts.WindowShift - BitOperations.Log2((uint)Math.Max(count, 1));
        return start >> SkipShift;
    }

    /// <summary>Where the slice's row begins in <see cref="Rows"/>, or -1.</summary>
    public int RowOf(int slice) => _rowOf[slice];

    /// <summary>All rows of a window.</summary>
    public Column<byte> Rows(int window) => _rows[window];

    /// <summary>Where the skip stands that <see cref="Seek"/> reads; the first of all where it reads none.</summary>
    public ref ushort SkipOf(int start, int end, int id)
    {
        int skips = SkipsOf(start, end, out int count, out int shift);
        return ref Unsafe.Add(ref _skips.First, count == 0 ? 0 : skips + (id >> shift));
    }

    /// <summary>A place in the slice from <paramref name="start"/> to <paramref name="end"/> at or a little before its
    /// first id that is not under <paramref name="id"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Seek(int start, int end, int id)
    {
        int skips = SkipsOf(start, end, out int count, out int shift);
        return count == 0
            ? start
            : start + Unsafe.Add(ref _skips.First, skips + (id >> shift));
    }
}
