using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;

namespace SpladeLucene.Quality;

/// <summary>Searches a <see cref="CollectionIndex"/>.</summary>
internal sealed class CollectionSearcher : IDisposable
{
    // Deep enough that fusion misses nothing that could reach the first hundred.
    private const int Depth = 1000;

    private static readonly HashSet<string> IdOnly = [CollectionIndex.Id];

    private static readonly QueryBuilder Words = new(CollectionIndex.Analyzer);

    private readonly DirectoryReader _reader;
    private readonly SpladeSearcher _searcher;
    private readonly IndexSearcher _baseline;

    public CollectionSearcher(CollectionIndex index)
    {
        _reader = index.Open();
        _searcher = new SpladeSearcher(_reader) { Similarity = new BM25Similarity() };
        _baseline = new IndexSearcher(_reader) { Similarity = new BM25Similarity(0.9f, 0.4f) };
    }

    /// <summary>With the parameters of the published baselines for these collections, k1 = 0.9 and b = 0.4.</summary>
    public Ranking Baseline(string indexField, string text) => Bm25(_baseline, indexField, text);

    /// <summary>With Lucene's own parameters, k1 = 1.2 and b = 0.75, as a hybrid search has them.</summary>
    public Ranking Bm25(string indexField, string text) => Bm25(_searcher, indexField, text);

    public Ranking Splade(ISparseEncoder encoder, string text)
    {
        SpladeQuery query = SpladeQuery.Create(_reader, CollectionIndex.Splade, text, encoder);
        return Found(_searcher, query, query.Quantized.Terms.Length);
    }

    public Ranking Hybrid(ISparseEncoder encoder, string text, HybridOptions options, double? weight = null)
    {
        var query = new HybridQuery(Words.CreateBooleanQuery(CollectionIndex.English, text),
            SpladeQuery.Create(_reader, CollectionIndex.Splade, text, encoder))
        { MeaningWeight = weight };
        return new Ranking(Ranked(new HybridSearcher(_searcher, options).Search(query, Depth)), null);
    }

    /// <summary>Mean distinct terms a document has in a field.</summary>
    public double TermsOf(string indexField)
    {
        long postings = 0;
        foreach (AtomicReaderContext leaf in _reader.Leaves)
        {
            if (leaf.AtomicReader.GetTerms(indexField) is not { } terms) continue;
            TermsEnum each = terms.GetEnumerator();
            while (each.MoveNext())
            {
                if (!SpladeFingerprint.IsReserved(each.Term.Utf8ToString())) postings += each.DocFreq;
            }
        }

        return (double)postings / _reader.NumDocs;
    }

    public void Dispose() => _reader.Dispose();

    private Ranking Bm25(IndexSearcher searcher, string indexField, string text) =>
        Words.CreateBooleanQuery(indexField, text) switch
        {
            null => new Ranking([], 0),
            BooleanQuery query => Found(searcher, query, query.Clauses.Count),
            var word => Found(searcher, word, 1),
        };

    private Ranking Found(IndexSearcher searcher, Query query, int terms) => new(Ranked(searcher.Search(query, Depth)), terms);

    private IReadOnlyList<RankedHit<string>> Ranked(TopDocs found) =>
        [.. found.ScoreDocs.Select(hit => new RankedHit<string>(IdOf(hit.Doc), hit.Score))];

    private string IdOf(int doc) => _reader.Document(doc, IdOnly).Get(CollectionIndex.Id);
}
