using SpladeLucene.Reindexing;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>What was asked of <c>splade reindex</c>.</summary>
internal sealed record ReindexRequest(string Source, string Target, IReadOnlyList<string> From, string To, string Model)
{
    public ImpactFormat Format { get; init; } = ImpactFormat.Default;

    public bool SkipMissing { get; init; }

    /// <inheritdoc cref="ReindexOptions.MaxDeletedShare"/>
    public double MaxDeletedShare { get; init; } = new ReindexOptions().MaxDeletedShare;

    public bool DryRun { get; init; }

    public bool Resume { get; init; }

    /// <summary>The command line that goes on where this one stopped.</summary>
    public required string ToResume { get; init; }

    public ReindexOptions Options => new()
    {
        Format = Format,
        SkipMissingText = SkipMissing,
        MaxDeletedShare = MaxDeletedShare,
    };
}
