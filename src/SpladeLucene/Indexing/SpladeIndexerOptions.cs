namespace SpladeLucene;

/// <summary>How a <see cref="SpladeIndexer"/> writes its field and cuts its batches.</summary>
public sealed record SpladeIndexerOptions
{
    /// <summary>How impacts are written. Default: <see cref="WeightEncoding.Payload"/>.</summary>
    public WeightEncoding Encoding { get; init; } = WeightEncoding.Payload;

    /// <summary>Default: <see cref="ImpactQuantizer.Default"/>.</summary>
    public ImpactQuantizer Quantizer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = ImpactQuantizer.Default;

    /// <summary>Whether source spans are indexed, so that matches can be traced to words. Default: no.</summary>
    public bool IndexOffsets { get; init; }

    /// <summary>How many texts are handed to the encoder at a time, 1 or more; default 128. The encoder cuts them
    /// further by its own memory ceiling.</summary>
    public int BatchSize
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A batch has at least one document.");
    } = 128;

    /// <summary>How many documents there will be, for the progress; default unknown.</summary>
    public long? Total { get; init; }

    /// <summary>The field that names a document in an error; default none.</summary>
    public string? IdField { get; init; }
}
