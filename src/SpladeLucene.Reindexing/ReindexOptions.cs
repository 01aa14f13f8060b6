namespace SpladeLucene.Reindexing;

/// <summary>
/// How a <see cref="SpladeReindexer"/> writes the new fields and how much it holds in memory. What is written can't be
/// changed between a run and its resumption.
/// </summary>
public sealed record ReindexOptions
{
    /// <summary>How impacts are written. Default: <see cref="ImpactFormat.Default"/>.</summary>
    public ImpactFormat Format
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = ImpactFormat.Default;

    /// <summary>
    /// Whether a document without stored text is carried over like every other, without a vector, so that no SPLADE query
    /// finds it; else the run is refused, and the plan says how many such documents there are. Default: refused.
    /// </summary>
    public bool SkipMissingText { get; init; }

    /// <summary>
    /// Supplies the text of a document that has none stored in the mapping's source fields; null where it has none
    /// either. Called from one thread at a time, in the documents' order, while planning and again while running; it must
    /// give the same text every time. What it throws, a time limit of its own included, is told as that document's failure
    /// (<see cref="ReindexDocumentException"/>). A target made without it isn't up to date for a run with it, nor the other
    /// way round. Default: none.
    /// </summary>
    public Func<ReindexSource, string?>? TextOf { get; init; }

    /// <summary>
    /// The largest share of a segment's documents that may be marked as deleted in the target where catching up leaves the
    /// segment as it is, from 0 to 1; above it the segment is written anew. As in every Lucene index, documents that are
    /// marked count in the statistics of BM25. With 0 in every run scores are always those of the source with its deletions expunged;
    /// a target that is up to date stays as it is. Default: 0.1.
    /// </summary>
    public double MaxDeletedShare
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A share is from 0 to 1.");
    } = 0.1;

    /// <summary>
    /// About how many tokens are encoded again at the most after a run was killed, 1 or more; default 32,768. The encoder is
    /// handed half of them at a time, while the half before is written down, and cuts them further by its own memory
    /// ceiling; texts wait in memory for twice as many tokens.
    /// </summary>
    public int BatchTokens
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A batch has at least one token.");
    } = 32_768;

    // Small segments share a commit; what a killed run loses is merged again, and nothing is encoded for it.
    internal TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The index writer's buffer in megabytes; from 1 to 1,024, default 32. Beside it and the encoder, a run holds its
    /// batches and a table of 36 to 72 bytes a text.
    /// </summary>
    public int BufferMegabytes
    {
        get;
        init => field = value is >= 1 and <= 1024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A buffer has 1 to 1,024 megabytes.");
    } = 32;

    /// <summary>
    /// How many texts, drawn from all over the index, a plan encodes to estimate time and size; 0 or more, default 128.
    /// It stops earlier once it has measured for three seconds.
    /// </summary>
    public int SampleTexts
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A sample has no fewer than 0 texts.");
    } = 128;
}
