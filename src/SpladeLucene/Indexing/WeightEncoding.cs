namespace SpladeLucene;

/// <summary>How a term's impact is written into Lucene's postings.</summary>
public enum WeightEncoding
{
    /// <summary>
    /// One posting with a payload of one byte. The default: indexes fastest, and several values of one field score by
    /// their maximum. The field needs positions, which every <c>TextField</c> has.
    /// </summary>
    Payload,

    /// <summary>
    /// The token repeated as often as its impact says, so that Lucene's term frequency is the impact. Indexing takes
    /// longer, scoring over Lucene's postings is faster, and a plain <c>TermQuery</c> with
    /// <see cref="SpladeSimilarity"/> can score it. Lucene adds the frequencies of several values of one field
    /// up; give such a field one merged vector. A frequency above 255 counts as 255.
    /// </summary>
    TermFrequency,
}
