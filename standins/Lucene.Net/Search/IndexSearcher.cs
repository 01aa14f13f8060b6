using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;

namespace Lucene.Net.Search;

// Searches a reader, leaf by leaf.
public partial class IndexSearcher
{
    private readonly IndexReaderContext _context;

    public IndexSearcher(IndexReader r) : this(r.Context)
    {
    }

    public IndexSearcher(IndexReaderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
    }

    public virtual IndexReader IndexReader => _context.Reader;

    public virtual IndexReaderContext TopReaderContext => _context;

    public virtual Similarity Similarity { get; set; } = DefaultSimilarity;

    internal static Similarity DefaultSimilarity { get; } = new DefaultSimilarity();

    public virtual Document Doc(int docID) => IndexReader.Document(docID);

    public virtual Query Rewrite(Query query)
    {
        ArgumentNullException.ThrowIfNull(query);
        while (true)
        {
            Query rewritten = query.Rewrite(IndexReader);
            if (rewritten == query)
            {
                return query;
            }
            query = rewritten;
        }
    }

    public virtual Weight CreateNormalizedWeight(Query query)
    {
        Weight weight = Rewrite(query).CreateWeight(this);
        float norm = Similarity.QueryNorm(weight.GetValueForNormalization());
        weight.Normalize(float.IsFinite(norm) ? norm : 1f, 1f);
        return weight;
    }

    public virtual Explanation Explain(Query query, int doc)
    {
        Weight weight = CreateNormalizedWeight(query);
        AtomicReaderContext leaf = _context.Leaves.Last(leaf => leaf.DocBase <= doc);
        return weight.Explain(leaf, doc - leaf.DocBase);
    }

    internal CollectionStatistics StatisticsOf(string field) => new(
        field,
        IndexReader.MaxDoc,
        IndexReader.GetDocCount(field),
        IndexReader.GetSumTotalTermFreq(field),
        IndexReader.GetSumDocFreq(field));

    internal TermStatistics StatisticsOf(Term term) =>
        new(term.Bytes, IndexReader.DocFreq(term), IndexReader.TotalTermFreq(term));
}
