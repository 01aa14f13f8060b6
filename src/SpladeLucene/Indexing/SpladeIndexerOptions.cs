namespace SpladeLucene;

/// <summary>How a <see cref="SpladeIndexer"/> writes its field and cuts its batches.</summary>
public sealed record SpladeIndexerOptions
{
    /// <summary>How impacts are written. Default: <see cref="ImpactFormat.Default"/>.</summary>
    public ImpactFormat Format
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = ImpactFormat.Default;

    /// <summary>How many texts are handed to the encoder at a time, 1 or more; default 128. The encoder cuts them
    /// further by its own memory ceiling.</summary>
    public int BatchSize
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A batch has at least one document.");
    } = 128;

    /// <summary>How many documents there will be, for the progress, 0 or more; default unknown.</summary>
    public long? Total
    {
        get;
        init => field = value is null or >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There are no fewer than 0 documents.");
    }

    /// <summary>The field that names a document in an error; default none.</summary>
    public string? IdField { get; init; }
}
