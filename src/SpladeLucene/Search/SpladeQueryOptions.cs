namespace SpladeLucene.Search;

/// <summary>How <see cref="SpladeQuery.Create"/> makes a query.</summary>
public sealed record SpladeQueryOptions
{
    /// <summary>The one the field was indexed with. Default: <see cref="ImpactQuantizer.Default"/>.</summary>
    public ImpactQuantizer Quantizer
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = ImpactQuantizer.Default;

    /// <summary>The stored field whose text the documents were encoded from. Default: the SPLADE field itself.</summary>
    public string? SourceField { get; init; }

    /// <summary>Whether to search even where the field was made with another model or with none. Default: no.</summary>
    public bool SkipModelCheck { get; init; }
}
