namespace SpladeLucene.Reindexing;

/// <summary>What a migration did.</summary>
/// <param name="Start">Where it began.</param>
/// <param name="Documents">Documents of the target.</param>
/// <param name="Segments">Segments of the source that were merged into it, those of earlier runs included.</param>
/// <param name="Encoded">Texts that this run encoded.</param>
/// <param name="Reused">Texts whose vectors were there already: from an earlier run, the target, or an equal text.</param>
/// <param name="WithoutText">Texts that were missing and so have no vector.</param>
/// <param name="Tokens">Tokens that this run encoded; null where the encoder does not count them.</param>
/// <param name="EncodingTime">The time that this run's calls of the encoder took together.</param>
/// <param name="Elapsed">The time that this run took.</param>
public sealed record ReindexResult(
    ReindexStart Start,
    long Documents,
    int Segments,
    long Encoded,
    long Reused,
    long WithoutText,
    long? Tokens,
    TimeSpan EncodingTime,
    TimeSpan Elapsed)
{
    /// <summary>Segments of the target that were left as they are, but for documents deleted in them.</summary>
    public int CarriedSegments { get; init; }
}
