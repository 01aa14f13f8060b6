using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using SpladeLucene;

namespace SideBySide;

/// <summary>Searches one index in both ways.</summary>
internal sealed class TwoRankings : IDisposable
{
    private static readonly SpladeQueryOptions Options = new() { SourceField = CollectionIndex.Body };

    private static readonly QueryBuilder Words = new(CollectionIndex.Analyzer);

    private readonly DirectoryReader _reader;
    private readonly IndexSearcher _searcher;
    private readonly ISparseEncoder _encoder;

    public TwoRankings(Lucene.Net.Store.Directory directory, ISparseEncoder encoder)
    {
        _encoder = encoder;
        _reader = DirectoryReader.Open(directory);
        // The parameters of the published BM25 baselines for these collections.
        _searcher = new IndexSearcher(_reader) { Similarity = new BM25Similarity(0.9f, 0.4f) };
    }

    /// <summary>Empty too where no word of the text is left to search for.</summary>
    public IReadOnlyList<Hit> SearchBm25(string text, int top) =>
        Words.CreateBooleanQuery(CollectionIndex.Body, text) is { } query ? Hits(_searcher.Search(query, top)) : [];

    public IReadOnlyList<Hit> SearchSplade(string text, int top) => Hits(_searcher.Search(EncodedQuery(text), top));

    /// <summary>The terms that made a SPLADE hit match, the one that adds most first.</summary>
    public IReadOnlyList<TermMatch> Explain(string text, Hit hit) =>
        SpladeExplainer.Matches(_reader, hit.Doc, EncodedQuery(text));

    public string Body(Hit hit) => _reader.Document(hit.Doc).Get(CollectionIndex.Body);

    public void Dispose() => _reader.Dispose();

    private SpladeQuery EncodedQuery(string text) =>
        SpladeQuery.Create(_reader, CollectionIndex.Splade, text, _encoder, Options);

    private List<Hit> Hits(TopDocs found) =>
        [.. found.ScoreDocs.Select(hit => new Hit(hit.Doc, IdOf(hit.Doc), hit.Score))];

    private string IdOf(int doc) =>
        _reader.Document(doc, new HashSet<string> { CollectionIndex.Id }).Get(CollectionIndex.Id);
}
