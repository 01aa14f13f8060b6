namespace SpladeLucene;

/// <summary>Why a segment was searched over Lucene's own postings.</summary>
public enum FallbackReason
{
    /// <summary>It wasn't.</summary>
    None,

    /// <summary>The search asked for it.</summary>
    Asked,

    /// <summary>Its impacts don't fit the cache's budget; or none would do, as it has more than 2³¹ postings, or more than 2³¹ of
    /// its distinct terms times the 65,536 documents begun.</summary>
    OverBudget,

    /// <summary>Another thread is building its impacts right now.</summary>
    BeingBuilt,

    /// <summary>It isn't warmed, and <see cref="ImpactCacheOptions.BuildOnFirstSearch"/> is off.</summary>
    NotWarmed,

    /// <summary>The reader isn't a segment but something made of one, whose life the cache can't follow.</summary>
    NotASegment,

    /// <summary>
    /// A payload somewhere in the field is no impact. Where it is of a term of the query, the search is refused, as over
    /// postings; else it isn't met.
    /// </summary>
    ForeignPayload,
}
