namespace SpladeLucene;

/// <summary>How one segment was searched.</summary>
/// <param name="DocBase">The segment's first document in the whole index.</param>
/// <param name="Documents">Its documents, deleted ones too.</param>
/// <param name="Algorithm">How it was searched; <see cref="SearchAlgorithm.Automatic"/> where nothing could match.
/// </param>
/// <param name="Fallback">Why it was searched over Lucene's postings, if it was.</param>
/// <param name="Hits">The hits that were counted in it.</param>
public readonly record struct SegmentReport(
    int DocBase, int Documents, SearchAlgorithm Algorithm, FallbackReason Fallback, int Hits);
