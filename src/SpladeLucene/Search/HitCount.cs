namespace SpladeLucene;

/// <summary>What a search says about how many documents match.</summary>
public enum HitCount
{
    /// <summary><c>TotalHits</c> is the number of all documents that match, as everywhere in Lucene 4.8.</summary>
    Exact,

    /// <summary>
    /// <c>TotalHits</c> may be a lower bound: documents that can't be among the best are skipped uncounted. Much faster
    /// for few hits. The result says whether it is a bound.
    /// </summary>
    Open,
}
