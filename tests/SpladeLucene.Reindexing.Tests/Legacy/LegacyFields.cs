using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>The names and types of the generated fields.</summary>
internal static class LegacyFields
{
    public const string Id = "id";

    /// <summary>Stored and indexed in every document.</summary>
    public const string Body = "body";

    /// <summary>Stored and indexed in most documents.</summary>
    public const string Title = "title";

    /// <summary>Stored in every document, indexed in none.</summary>
    public const string Unindexed = "unindexed";

    /// <summary>Indexed in every document, stored in none.</summary>
    public const string Unstored = "unstored";

    /// <summary>Segments index it in different ways.</summary>
    public const string Varied = "varied";

    public static readonly IReadOnlyDictionary<string, FieldType> OfEveryLevel = new Dictionary<string, FieldType>
    {
        ["docs"] = Indexed(IndexOptions.DOCS_ONLY, omitNorms: true),
        ["docs_normed"] = Indexed(IndexOptions.DOCS_ONLY),
        ["freqs"] = Indexed(IndexOptions.DOCS_AND_FREQS),
        ["positions"] = Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS),
        ["positions_unnormed"] = Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, omitNorms: true),
        ["offsets"] = Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS),
    };

    public static readonly IReadOnlyDictionary<string, FieldType> WithPayloads = new Dictionary<string, FieldType>
    {
        ["payloads"] = Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS),
        ["payloads_offsets"] = Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS),
    };

    public static readonly IReadOnlyDictionary<string, FieldType> WithVectors = new Dictionary<string, FieldType>
    {
        ["vectors"] = Vectors(positions: false, offsets: false, payloads: false),
        ["vectors_positions"] = Vectors(positions: true, offsets: false, payloads: false),
        ["vectors_offsets"] = Vectors(positions: false, offsets: true, payloads: false),
        ["vectors_positions_offsets"] = Vectors(positions: true, offsets: true, payloads: false),
        ["vectors_payloads"] = Vectors(positions: true, offsets: true, payloads: true),
    };

    public static FieldType Indexed(IndexOptions options, bool omitNorms = false) =>
        new(TextField.TYPE_NOT_STORED) { IndexOptions = options, OmitNorms = omitNorms };

    private static FieldType Vectors(bool positions, bool offsets, bool payloads) =>
        new(Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS))
        {
            StoreTermVectors = true,
            StoreTermVectorPositions = positions,
            StoreTermVectorOffsets = offsets,
            StoreTermVectorPayloads = payloads,
        };
}
