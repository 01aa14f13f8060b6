namespace SpladeLucene;

/// <summary>How one segment was searched.</summary>
/// <param name="DocBase">The segment's first document in the whole index.</param>
/// <param name="Documents">Its documents, deleted ones too.</param>
/// <param name="Algorithm">How it was searched; <see cref="SearchAlgorithm.Automatic"/> where nothing could match, and where
/// its hits were remembered from a search over Lucene's postings.
/// </param>
/// <param name="Fallback">Why it was searched over Lucene's postings, if it was.</param>
/// <param name="Hits">The hits that were counted in it.</param>
public readonly record struct SegmentReport(
    int DocBase, int Documents, SearchAlgorithm Algorithm, FallbackReason Fallback, int Hits)
{
    /// <summary>As telemetry has it.</summary>
    internal string AlgorithmName => Algorithm switch
    {
        SearchAlgorithm.Windows => "windows",
        SearchAlgorithm.BlockMax => "block_max",
        SearchAlgorithm.Postings => "postings",
        _ => "none",
    };

    /// <summary>As telemetry has it; null where the segment was searched as it should be.</summary>
    internal string? FallbackName => Fallback switch
    {
        FallbackReason.Asked => "asked",
        FallbackReason.OverBudget => "over_budget",
        FallbackReason.BeingBuilt => "being_built",
        FallbackReason.NotWarmed => "not_warmed",
        FallbackReason.NotASegment => "not_a_segment",
        FallbackReason.ForeignPayload => "foreign_payload",
        _ => null,
    };
}

/// <summary>How a segment is searched. All of them find the same hits with the same scores.</summary>
public enum SearchAlgorithm
{
    /// <summary>The cheapest, decided for each query, segment and number of hits.</summary>
    Automatic,

    /// <summary>Everything is scored, a window of 65,536 documents after the other. Best for many hits.</summary>
    Windows,

    /// <summary>Blocks of 16 documents by falling upper bound, as far as needed. Best for few hits of many
    /// documents. Hits that are not returned are not counted. Segments that have no block maxima, and queries of more than 1,024
    /// terms, are searched by windows.</summary>
    BlockMax,

    /// <summary>Everything is scored over Lucene's own postings, without the impacts in memory.</summary>
    Postings,
}
