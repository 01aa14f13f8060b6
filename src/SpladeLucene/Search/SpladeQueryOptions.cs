namespace SpladeLucene.Search;

/// <summary>How <see cref="SpladeQuery.Create"/> makes a query.</summary>
public sealed record SpladeQueryOptions
{
    /// <summary>The one the field was indexed with. Default: <see cref="ImpactQuantizer.Default"/>.</summary>
    public ImpactQuantizer Quantizer { get; init; } = ImpactQuantizer.Default;

    /// <summary>The stored field whose text the documents were encoded from. Default: the SPLADE field itself.</summary>
    public string? SourceField { get; init; }

    /// <summary>Whether to search even where the field was made with another model. Default: no.</summary>
    public bool AnyModel { get; init; }
}
