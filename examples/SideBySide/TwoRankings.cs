using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using SpladeLucene;

namespace SideBySide;

/// <summary>Searches one index in both ways.</summary>
internal sealed class TwoRankings : IDisposable
{
    /// <summary>SPLADE's share of a fused score: what the shipped model's development collections favoured.</summary>
    public const double FusedWeight = 0.7;

    private static readonly SpladeQueryOptions Options = new() { SourceFields = [CollectionIndex.Body] };

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
        WordsQuery.Of(text).Query is { } query ? Hits(_searcher.Search(query, top)) : [];

    public IReadOnlyList<Hit> SearchSplade(string text, int top) => Hits(_searcher.Search(EncodedQuery(text), top));

    /// <summary>Both rankings as one, by a weighted sum of their scores.</summary>
    public static string[] Fuse(IReadOnlyList<Hit> bm25, IReadOnlyList<Hit> splade) =>
        [.. RankFusion.WeightedSum(
            [(Ranked(bm25), 1 - FusedWeight), (Ranked(splade), FusedWeight)], ScoreNormalization.None)
            .Select(hit => hit.Document)];

    /// <summary>What each word of the query adds to a BM25 hit, the one that adds most first.</summary>
    public IReadOnlyList<(string Words, float Score)> ExplainBm25(string text, Hit hit)
    {
        IEnumerable<Query> words = WordsQuery.Of(text).Query is BooleanQuery all ? all.Clauses.Select(clause => clause.Query) : [];
        return [.. words.OfType<TermQuery>()
            .Select(word => (word.Term.Text, _searcher.Explain(word, hit.Doc).Value))
            .Where(word => word.Value > 0).OrderByDescending(word => word.Value)];
    }

    /// <summary>The terms that made a SPLADE hit match, the one that adds most first.</summary>
    public IReadOnlyList<TermMatch> Explain(string text, Hit hit) =>
        SpladeExplainer.Matches(_reader, hit.Doc, EncodedQuery(text));

    public string Body(Hit hit) => _reader.Document(hit.Doc).Get(CollectionIndex.Body);

    /// <summary>The document of that name, with no score; null where there is none.</summary>
    public Hit? Find(string id) =>
        _searcher.Search(new TermQuery(new Term(CollectionIndex.Id, id)), 1).ScoreDocs is [var found, ..]
            ? new Hit(found.Doc, id, 0)
            : null;

    /// <summary>What of a long text is left out of the search, in a sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Notices(string text)
    {
        var notices = new List<string>();
        if (WordsQuery.Of(text).IsCut)
            notices.Add($"Words: only the first {BooleanQuery.MaxClauseCount} different words are searched for.");
        // A word is a token or more.
        int tokens = _encoder.Fingerprint.MaxTokens;
        if (text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > tokens)
            notices.Add($"Meaning: the model reads the first {tokens} tokens of a query, about as many words.");
        return notices;
    }

    /// <summary>What the model makes of a query.</summary>
    public SpladeQuery EncodedQuery(string text) =>
        SpladeQuery.Create(_reader, CollectionIndex.Splade, text, _encoder, Options);

    public void Dispose() => _reader.Dispose();

    private static RankedHit<string>[] Ranked(IReadOnlyList<Hit> hits) =>
        [.. hits.Select(hit => new RankedHit<string>(hit.Id, hit.Score))];

    private List<Hit> Hits(TopDocs found) =>
        [.. found.ScoreDocs.Select(hit => new Hit(hit.Doc, IdOf(hit.Doc), hit.Score))];

    private string IdOf(int doc) =>
        _reader.Document(doc, new HashSet<string> { CollectionIndex.Id }).Get(CollectionIndex.Id);
}
