namespace SpladeLucene;

/// <summary>How much memory an <see cref="ImpactCache"/> may use, and for what.</summary>
public sealed record ImpactCacheOptions
{
    /// <summary>
    /// The most that all impacts together take up, in bytes, 0 or more. About 3.1 bytes a posting (a document of
    /// SPLADE++ has some 150) without block maxima, 4 to 5 with, 8 at the most. Default: a quarter of the memory that
    /// the process may use.
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
    /// Whether the first search of a segment that isn't warmed builds its impacts and waits for it, at 50 million
    /// postings a second or better; searches that arrive meanwhile run over Lucene's postings. If not, only warming
    /// builds. Default: yes.
    /// </summary>
    public bool BuildOnFirstSearch { get; init; } = true;

    /// <summary>Segments under this many documents get no block maxima: scoring all of them is as fast.</summary>
    internal int LeastDocumentsForBlocks { get; init; } = 8192;
}
