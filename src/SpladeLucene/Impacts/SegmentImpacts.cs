namespace SpladeLucene.Impacts;

/// <summary>
/// One field's impacts in one segment, laid out for scoring. Documents are cut into windows of 65,536; in each window a
/// term has a slice of 16-bit local ids, ascending, and one of 8-bit impacts. Deleted documents are in it: they are
/// deleted for a reader, and this is shared by all readers of the segment. Immutable and thread-safe.
/// </summary>
internal sealed class SegmentImpacts
{
    public const int WindowShift = 16;

    /// <summary>Documents a window: what a 16-bit id can name.</summary>
    public const int WindowSize = 1 << WindowShift;

    /// <summary>How far past the last posting the arrays may be read.</summary>
    public const int Padding = 64;

    /// <summary>The most postings a segment may have to be held here: one array has to take them.</summary>
    public const int MaxPostings = int.MaxValue - (2 * Padding);

    // Slice s begins here and ends where s + 1 begins; the slices of one term, window by window, stand together.
    private readonly Column<int> _starts;

    // Where all columns are; null where they are arrays.
    private readonly MemoryOutsideHeap? _memory;

    public SegmentImpacts(
        int documents, TermTable terms, Column<int> starts, Column<ushort> ids, Column<byte> impacts, BlockIndex? blocks,
        MemoryOutsideHeap? memory = null)
    {
        _memory = memory;
        Documents = documents;
        Windows = WindowsOf(documents);
        Terms = terms;
        _starts = starts;
        Ids = ids;
        Impacts = impacts;
        Blocks = blocks;
        Postings = starts[starts.Length - 1];
    }

    /// <summary>The segment's documents, deleted ones too.</summary>
    public int Documents { get; }

    public int Windows { get; }

    public TermTable Terms { get; }

    /// <summary>Local ids, slice after slice, then <see cref="Padding"/>.</summary>
    public Column<ushort> Ids { get; }

    /// <summary>Impacts, 1 to 255, parallel to <see cref="Ids"/>.</summary>
    public Column<byte> Impacts { get; }

    /// <summary>What block-max pruning needs; null where the segment is too small or memory too short for it.</summary>
    public BlockIndex? Blocks { get; }

    /// <summary>How many there are; known without holding the memory that they are in.</summary>
    public int Postings { get; }

    /// <summary>Where the slices begin.</summary>
    public Column<int> Starts => _starts;

    /// <summary>Whether it lies in memory that has to be held while it is read.</summary>
    public bool IsOutsideHeap => _memory is not null;

    /// <summary>What all of it takes up in memory.</summary>
    public long Bytes =>
        _memory?.Length ?? (Terms.Bytes + _starts.Bytes + Ids.Bytes + Impacts.Bytes + (Blocks?.Bytes ?? 0));

    public static int WindowsOf(int documents) => (int)(((long)documents + WindowSize - 1) >> WindowShift);

    /// <summary>Whether it may be read until <see cref="Release"/>; it may not where it was given back.</summary>
    public bool TryHold() => _memory?.TryHold() ?? true;

    public void Release() => _memory?.Release();

    /// <summary>Gives memory outside the heap back, once nobody holds it.</summary>
    public void GiveBack() => _memory?.Dispose();

    /// <summary>The number of a term's slice in a window.</summary>
    public int Slice(int term, int window) => (term * Windows) + window;

    /// <summary>Where a slice's postings begin and end in <see cref="Ids"/> and <see cref="Impacts"/>.</summary>
    public (int Start, int End) Bounds(int slice) => (_starts[slice], _starts[slice + 1]);

    /// <summary>How many postings a term has.</summary>
    public int Frequency(int term) => _starts[(term + 1) * Windows] - _starts[term * Windows];
}
