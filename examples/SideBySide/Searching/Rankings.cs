using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using SpladeLucene;

namespace SideBySide;

/// <summary>Searches one index by words, by meaning and by both. Thread-safe.</summary>
internal sealed class Rankings : IDisposable
{
    private static readonly HashSet<string> IdOnly = [CollectionIndex.Id];

    private const double CommonShare = 0.05;

    private readonly DirectoryReader _reader;
    private readonly SpladeSearcher _searcher;
    private readonly HybridSearcher _hybrid;
    private readonly string?[] _ids;

    public Rankings(Lucene.Net.Store.Directory directory, IReadOnlyList<SpladeModel> models)
    {
        Models = models;
        _reader = DirectoryReader.Open(directory);
        _ids = new string?[_reader.MaxDoc];
        // The parameters of the published BM25 baselines for these collections.
        var bm25 = new BM25Similarity(0.9f, 0.4f);
        _searcher = new SpladeSearcher(_reader) { Similarity = bm25 };
        _hybrid = new HybridSearcher(_searcher, new HybridOptions { Words = bm25 });
    }

    /// <summary>The models that have a field in the index, the one that is searched with by itself first.</summary>
    public IReadOnlyList<SpladeModel> Models { get; }

    /// <summary>How many documents there are.</summary>
    public int Documents => _reader.NumDocs;

    /// <summary>What the first model was calibrated with.</summary>
    public RankingSettings Defaults => RankingSettings.Of(Models[0]);

    /// <summary>The best documents by words, by meaning and by both.</summary>
    /// <param name="text">The query.</param>
    /// <param name="settings">How meaning is searched and fused.</param>
    /// <param name="top">How many of each.</param>
    /// <param name="anew">Whether the model is run even if the query is known, so that its time is true.</param>
    public Found Search(string text, RankingSettings settings, int top, bool anew = true)
    {
        var clock = Stopwatch.StartNew();
        TopDocs? words = WordsQuery.Of(text).Query is { } typed ? _searcher.Search(typed, top) : null;
        double wordsTime = Lap();
        SpladeQuery query = Query(text, settings, anew);
        double encoding = Lap();
        TopDocs meaning = _searcher.Search(query, top);
        double meaningTime = Lap();
        TopDocs fused = _hybrid.Search(
            new HybridQuery(WordsQuery.Of(text).Query, query) { MeaningWeight = settings.Fusion }, top);
        var times = new Times(wordsTime, encoding, meaningTime, Lap());
        // Where one side has the whole weight, what only the other found is worth nothing.
        Hit[] both = [.. Hits(fused).Where(hit => hit.Score > 0)];
        return new Found(Hits(words), Hits(meaning), both, words?.TotalHits ?? 0, meaning.TotalHits, Strength(query, meaning), times);

        double Lap()
        {
            double milliseconds = clock.Elapsed.TotalMilliseconds;
            clock.Restart();
            return milliseconds;
        }
    }

    private static double Strength(SpladeQuery query, TopDocs found) =>
        found.ScoreDocs.Length == 0 ? 0 : found.ScoreDocs[0].Score / query.Vector.Sum(term => term.Weight);

    /// <summary>The best documents by meaning alone.</summary>
    public IReadOnlyList<Hit> Meaning(SpladeQuery query, int top) => Hits(_searcher.Search(query, top));

    /// <summary>What a model makes of a query; it is run only where the query isn't known or <paramref name="anew"/>.</summary>
    public SpladeQuery Query(string text, RankingSettings settings, bool anew = false)
    {
        var options = new SpladeQueryOptions
        {
            SourceFields = [CollectionIndex.Body],
            IdfExponent = (float)settings.Idf,
            Floor = ScoreFloor.OfModel((float)settings.Floor),
        };
        var encoder = new TunedEncoder(settings.Model, settings.Expansion, anew);
        return SpladeQuery.Create(_reader, settings.Model.Field, text, encoder, options);
    }

    /// <summary>What the index holds.</summary>
    public IndexSize Size()
    {
        long bytes = _reader.Directory.ListAll().Sum(_reader.Directory.FileLength);
        return new IndexSize(_reader.NumDocs, bytes, Math.Max(0, MultiFields.GetTerms(_reader, CollectionIndex.Body)?.SumDocFreq ?? 0),
            Math.Max(0, MultiFields.GetTerms(_reader, Models[0].Field)?.SumDocFreq ?? 0), _searcher.Options.Impacts?.Statistics.Bytes ?? 0);
    }

    /// <summary>What a document of the meaning has to score.</summary>
    public QueryFloor FloorOf(SpladeQuery query)
    {
        if (query.Floor.IsNone) return QueryFloor.None;
        ScoreDoc[] best = _searcher.Search(query.WithFloor(ScoreFloor.None), 10).ScoreDocs;
        return best.Length == 0 ? QueryFloor.None
            : QueryFloor.Of(query.Floor, best[0].Score, best.Length == 10 ? best[9].Score : 0);
    }

    /// <summary>Whether the query has a word that more than one document in twenty has: it says little of what they are about,
    /// but BM25 ranks by it where the others aren't found.</summary>
    public bool HasCommonWord(string text) => WordsQuery.Read(text)
        .Any(word => _reader.DocFreq(new Term(CollectionIndex.Body, word.Term)) > Documents * CommonShare);

    /// <summary>Whether a document has the term of a model.</summary>
    public bool Has(string field, string term) => _reader.DocFreq(new Term(field, term)) > 0;

    /// <summary>The terms that made a document match, the one that adds most first; a floor hides none.</summary>
    public IReadOnlyList<TermMatch> Explain(SpladeQuery query, Hit hit) => SpladeExplainer.Matches(_reader, hit.Doc, query);

    /// <summary>What each word of the query adds to a document's score by words, by the form that the index has.</summary>
    public IReadOnlyList<(string Term, float Score)> ExplainWords(string text, Hit hit)
    {
        IEnumerable<Query> words = WordsQuery.Of(text).Query is BooleanQuery all ? all.Clauses.Select(clause => clause.Query) : [];
        return [.. words.OfType<TermQuery>()
            .Select(word => (word.Term.Text, _searcher.Explain(word, hit.Doc).Value))
            .Where(word => word.Value > 0).OrderByDescending(word => word.Value)];
    }

    public string Body(Hit hit) => _reader.Document(hit.Doc).Get(CollectionIndex.Body);

    /// <summary>The document of that name, with no score; null where there is none.</summary>
    public Hit? Find(string id) =>
        _searcher.Search(new TermQuery(new Term(CollectionIndex.Id, id)), 1).ScoreDocs is [var found, ..]
            ? new Hit(found.Doc, id, 0)
            : null;

    /// <summary>Ids and first lines, in the order of the index.</summary>
    public IEnumerable<(string Id, string Title)> Titles(int most) =>
        Enumerable.Range(0, Math.Min(most, _reader.MaxDoc)).Select(doc => (IdOf(doc), TitleOf(Body(new Hit(doc, "", 0)))));

    /// <summary>The first line of a text.</summary>
    public static string TitleOf(string body) => body.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? body[..end] : body;

    public void Dispose() => _reader.Dispose();

    private Hit[] Hits(TopDocs? found) =>
        found is null ? [] : [.. found.ScoreDocs.Select(hit => new Hit(hit.Doc, IdOf(hit.Doc), hit.Score))];

    private string IdOf(int doc) => _ids[doc] ??= _reader.Document(doc, IdOnly).Get(CollectionIndex.Id);
}
