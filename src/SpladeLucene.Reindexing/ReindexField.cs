using Lucene.Net.Index;

namespace SpladeLucene.Reindexing;

/// <summary>A field of the source, and what any segment has of it. All of it is carried over.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="IsStored">Whether a live document has a stored value of it.</param>
/// <param name="IndexOptions">What its postings hold in the segment that has most; null where it isn't indexed.</param>
/// <param name="HasNorms">Whether lengths and boosts are kept.</param>
/// <param name="HasPayloads">Whether postings have payloads.</param>
/// <param name="HasVectors">Whether documents have term vectors of it.</param>
/// <param name="DocValuesType">The type of its doc values; null where it has none.</param>
public sealed record ReindexField(
    string Name,
    bool IsStored,
    IndexOptions? IndexOptions,
    bool HasNorms,
    bool HasPayloads,
    bool HasVectors,
    DocValuesType? DocValuesType);
