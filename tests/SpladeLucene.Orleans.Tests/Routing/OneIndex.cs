using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>One index of documents, in an order that has nothing to do with keys or shards, and what searches of it find.</summary>
internal sealed class OneIndex : IDisposable
{
    private const string Words = "text", Impacts = "splade";

    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;
    private readonly SpladeSearcher _searcher;
    private readonly string[] _keys;
    private readonly ISparseEncoder _encoder;
    private readonly Analyzer _analyzer;

    public OneIndex(IEnumerable<ClusterDocument> documents, ISparseEncoder encoder, Analyzer analyzer)
    {
        (_encoder, _analyzer) = (encoder, analyzer);
        IndexWriterConfig config = TestIndex.Config(analyzer);
        config.Similarity = new BM25Similarity();
        using (var writer = new IndexWriter(_directory, config))
        {
            foreach (ClusterDocument document in documents.OrderBy(document => document.Text, StringComparer.Ordinal))
            {
                writer.AddDocument(TestIndex.Document(
                    new StringField("key", document.Key, Field.Store.YES), new TextField(Words, document.Text, Field.Store.NO),
                    new SpladeField(Impacts, encoder.Encode(document.Text), encoder.Fingerprint)));
            }
        }

        _reader = DirectoryReader.Open(_directory);
        _searcher = new SpladeSearcher(_reader);
        _keys = [.. Enumerable.Range(0, _reader.MaxDoc).Select(doc => _reader.Document(doc).Get("key"))];
    }

    /// <summary>Keys and the bits of scores, ties by key.</summary>
    public (string Key, int Bits)[] Find(string text, ClusterSearchRequest request)
    {
        var options = new SpladeQueryOptions { Floor = request.Floor };
        SpladeQuery meaning = SpladeQuery.Create(_reader, Impacts, text, _encoder, options);
        TopDocs all = request.Hybrid
            ? new HybridSearcher(_searcher).Search(
                new HybridQuery(WordsOf(text), meaning) { MeaningWeight = request.MeaningWeight }, _reader.MaxDoc)
            : _searcher.Search(meaning, _reader.MaxDoc);
        return
        [
            .. all.ScoreDocs.Select(hit => (Key: _keys[hit.Doc], Bits: BitConverter.SingleToInt32Bits(hit.Score)))
                .OrderByDescending(hit => hit.Bits).ThenBy(hit => hit.Key, StringComparer.Ordinal).Take(request.Count),
        ];
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    // Each word once.
    private BooleanQuery? WordsOf(string text)
    {
        Query? parsed = new QueryBuilder(_analyzer).CreateBooleanQuery(Words, text);
        Term[] terms = parsed switch
        {
            null => [],
            BooleanQuery several => [.. several.Clauses.Select(clause => ((TermQuery)clause.Query).Term).Distinct()],
            _ => [((TermQuery)parsed).Term],
        };
        var words = new BooleanQuery(disableCoord: true);
        foreach (Term term in terms) words.Add(new TermQuery(term), Occur.SHOULD);
        return terms.Length == 0 ? null : words;
    }
}
