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

    // The parameters of the published baselines for these collections.
    private static readonly BM25Similarity Bm25Scores = new(0.9f, 0.4f);

    private static readonly HashSet<string> IdOnly = [CollectionIndex.Id];

    private static readonly QueryBuilder Words = new(CollectionIndex.Analyzer);

    private readonly DirectoryReader _reader;
    private readonly SpladeSearcher _searcher;

    public CollectionSearcher(CollectionIndex index)
    {
        _reader = index.Open();
        _searcher = new SpladeSearcher(_reader) { Similarity = Bm25Scores };
    }

    public Ranking Bm25(string indexField, string text) => Words.CreateBooleanQuery(indexField, text) switch
    {
        null => new Ranking([], 0),
        BooleanQuery query => Found(query, query.Clauses.Count),
        var word => Found(word, 1),
    };

    public Ranking Splade(ISparseEncoder encoder, string text)
    {
        SpladeQuery query = SpladeQuery.Create(_reader, CollectionIndex.Splade, text, encoder);
        return Found(query, query.Quantized.Terms.Length);
    }

    public Ranking Hybrid(ISparseEncoder encoder, string text, HybridOptions options, double? weight = null)
    {
        var query = new HybridQuery(Words.CreateBooleanQuery(CollectionIndex.English, text),
            SpladeQuery.Create(_reader, CollectionIndex.Splade, text, encoder))
        { MeaningWeight = weight };
        var hybrid = new HybridSearcher(_searcher, options with { Words = Bm25Scores });
        return new Ranking(Ranked(hybrid.Search(query, Depth)), null);
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

    private Ranking Found(Query query, int terms) => new(Ranked(_searcher.Search(query, Depth)), terms);

    private IReadOnlyList<RankedHit<string>> Ranked(TopDocs found) =>
        [.. found.ScoreDocs.Select(hit => new RankedHit<string>(IdOf(hit.Doc), hit.Score))];

    private string IdOf(int doc) => _reader.Document(doc, IdOnly).Get(CollectionIndex.Id);
}
