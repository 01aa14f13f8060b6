namespace SpladeLucene;

/// <summary>How a segment is searched. All of them find the same hits with the same scores.</summary>
public enum SearchAlgorithm
{
    /// <summary>The cheapest, decided for each query, segment and number of hits.</summary>
    Automatic,

    /// <summary>Everything is scored, a window of 65,536 documents after the other. Best for many hits.</summary>
    Windows,

    /// <summary>Blocks of 16 documents by falling upper bound, as far as needed. Best for few hits of many
    /// documents. Hits that are not returned are not counted.</summary>
    BlockMax,

    /// <summary>Everything is scored over Lucene's own postings, without the impacts in memory.</summary>
    Postings,
}
