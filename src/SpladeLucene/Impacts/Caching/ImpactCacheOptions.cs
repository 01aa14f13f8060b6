namespace SpladeLucene;

/// <summary>How much memory an <see cref="ImpactCache"/> may use, and for what.</summary>
public sealed record ImpactCacheOptions
{
    /// <summary>
    /// The most that all impacts on the heap together take up, in bytes, 0 or more. About 3.1 bytes a posting (a document of
    /// SPLADE++ has some 150) without block maxima, 4 to 5 with, and for each distinct term and 65,536 documents begun 4 bytes more, or 8.
    /// Default: a quarter of the memory that the process may use.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The budget is negative.</exception>
    public long BudgetInBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    /// <summary>
    /// Whether block maxima are kept, which make searches for few hits in large segments several times faster. Where
    /// they don't fit the budget and the rest does, they are left out. Default: yes.
    /// </summary>
    public bool BlockMaxima { get; init; } = true;

    /// <summary>
    /// Whether the first search of a segment that isn't warmed builds its impacts and waits for it, at about 35 million
    /// postings a second; searches that arrive meanwhile run over Lucene's postings. If not, only warming
    /// builds. Default: yes.
    /// </summary>
    public bool BuildOnFirstSearch { get; init; } = true;

    /// <summary>
    /// The folder in which impacts are kept as files, one a segment and field; it is made where it isn't there. Files are mapped
    /// into memory: they take up none of the heap and none of the budget, all processes that name the folder share them, and a
    /// start costs reading them once, to compare each with its checksum. Whoever first builds the impacts of a segment writes
    /// its file, with 8 bytes of the heap for each of its terms and 65,536 documents begun. A file of another segment, of another version of this library or with a single
    /// bit changed isn't used but made anew. It is deleted some time after its segment; one whose index isn't to be seen from
    /// here, or not to be read, 30 days after it was last opened. Where the folder can't be written to or the disk is full, impacts are on the heap, and
    /// <see cref="SpladeTelemetry"/> says so; there too are segments of less than a megabyte, those of a <c>RAMDirectory</c>, those written by Lucene before 4.8,
    /// whose files have no checksums, and all on a big-endian processor. Nobody may change or cut a file that is mapped: the system ends a process that
    /// reads what isn't there any more. Who can write to the folder is trusted as who can write to the index is. Default: null,
    /// impacts are on the heap.
    /// </summary>
    /// <exception cref="ArgumentException">The path is empty, or can be none.</exception>
    public string? Folder
    {
        get;
        init => field = value is null ? null : Path.GetFullPath(value);
    }

    /// <summary>Segments whose impacts take up less than this have no file: it wouldn't pay.</summary>
    internal long LeastBytesForFile { get; init; } = 1 << 20;

    /// <summary>Says how long ago the folder was swept, or failed.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Segments under this many documents get no block maxima: scoring all of them is as fast.</summary>
    internal int LeastDocumentsForBlocks { get; init; } = 8192;
}
