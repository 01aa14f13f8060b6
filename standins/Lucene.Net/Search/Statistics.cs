using Lucene.Net.Util;

namespace Lucene.Net.Search;

// What the index knows of a field. Sums that were not recorded are -1.
public class CollectionStatistics
{
    public CollectionStatistics(string field, long maxDoc, long docCount, long sumTotalTermFreq, long sumDocFreq)
    {
        Field = field;
        MaxDoc = maxDoc;
        DocCount = docCount;
        SumTotalTermFreq = sumTotalTermFreq;
        SumDocFreq = sumDocFreq;
    }

    public string Field { get; }

    public long MaxDoc { get; }

    public long DocCount { get; }

    public long SumTotalTermFreq { get; }

    public long SumDocFreq { get; }
}

// What the index knows of a term.
public class TermStatistics
{
    public TermStatistics(BytesRef term, long docFreq, long totalTermFreq)
    {
        Term = term;
        DocFreq = docFreq;
        TotalTermFreq = totalTermFreq;
    }

    public BytesRef Term { get; }

    public long DocFreq { get; }

    public long TotalTermFreq { get; }
}
