namespace Lucene.Net.Index;

// What of a term's occurrences the index records, from the least to the most.
public enum IndexOptions
{
    NONE,
    DOCS_ONLY,
    DOCS_AND_FREQS,
    DOCS_AND_FREQS_AND_POSITIONS,
    DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS,
}

internal static class IndexOptionsExtensions
{
    internal static bool HasFreqs(this IndexOptions options) => options >= IndexOptions.DOCS_AND_FREQS;

    internal static bool HasPositions(this IndexOptions options) =>
        options >= IndexOptions.DOCS_AND_FREQS_AND_POSITIONS;

    internal static bool HasOffsets(this IndexOptions options) =>
        options == IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS;
}
