using SpladeLucene.Search.Simd;

namespace SpladeLucene;

/// <summary>How one search of a <see cref="SpladeSearcher"/> is done; by default exact in every respect.</summary>
public sealed record SpladeSearchOptions
{
    /// <summary>Whether all hits are counted. Default: yes, exactly.</summary>
    public HitCount Count { get; init; } = HitCount.Exact;

    /// <summary>
    /// How segments are searched. Default: the cheapest way. <see cref="SearchAlgorithm.BlockMax"/> applies only with
    /// an open count and in segments that have block maxima; elsewhere windows are used.
    /// </summary>
    public SearchAlgorithm Algorithm { get; init; }

    /// <summary>Hits that score less are neither returned nor counted. Default: 0, all of them.</summary>
    public float MinimumScore { get; init; }

    /// <summary>Scores fewer query terms, for speed. Default: none is left out.</summary>
    public QueryTermPruning Economy { get; init; } = QueryTermPruning.None;

    internal VectorWidth Vectors { get; init; } = VectorWidths.Best;
}
