namespace Lucene.Net.Index;

// What is kept of a field's occurrences, beyond the documents.
[Flags]
internal enum Recorded : byte
{
    DocsOnly = 0,
    Freqs = 1,
    Positions = 2,
    Offsets = 4,
    Payloads = 8,
}

internal static class RecordedExtensions
{
    internal static Recorded Recorded(this FieldInfo info) =>
        (info.IndexOptions.HasFreqs() ? Index.Recorded.Freqs : 0)
        | (info.IndexOptions.HasPositions() ? Index.Recorded.Positions : 0)
        | (info.IndexOptions.HasOffsets() ? Index.Recorded.Offsets : 0)
        | (info.HasPayloads ? Index.Recorded.Payloads : 0);

    // Term vectors always have the frequencies.
    internal static Recorded RecordedInVectors(this IIndexableFieldType type) =>
        Index.Recorded.Freqs
        | (type.StoreTermVectorPositions ? Index.Recorded.Positions : 0)
        | (type.StoreTermVectorOffsets ? Index.Recorded.Offsets : 0)
        | (type.StoreTermVectorPayloads ? Index.Recorded.Payloads : 0);
}
