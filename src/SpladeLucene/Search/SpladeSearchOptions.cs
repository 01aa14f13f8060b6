using SpladeLucene.Search.Simd;

namespace SpladeLucene;

/// <summary>How one search of a <see cref="SpladeSearcher"/> is done; by default exact in every respect.</summary>
public sealed record SpladeSearchOptions
{
    /// <summary>
    /// Whether <c>TotalHits</c> is the number of all documents that match, as everywhere in Lucene 4.8. If not, documents
    /// that can't be among the best are skipped uncounted, which is much faster for few hits;
    /// <see cref="SpladeTopDocs.TotalHitsIsLowerBound"/> says whether any were. Default: yes.
    /// </summary>
    public bool CountAllHits { get; init; } = true;

    /// <summary>
    /// How segments are searched. Default: the cheapest way. <see cref="SearchAlgorithm.BlockMax"/> applies only
    /// where not all hits are counted and in segments that have block maxima; elsewhere windows are used.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such algorithm.</exception>
    public SearchAlgorithm Algorithm
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such algorithm.");
    }

    /// <summary>Scores fewer query terms, for speed. Default: none is left out.</summary>
    public QueryTermPruning TermPruning
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = QueryTermPruning.None;

    internal VectorWidth Vectors { get; init; } = VectorWidths.Best;
}
