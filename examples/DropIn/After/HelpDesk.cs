using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Highlight;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene;

namespace DropIn.After;

/// <summary>Articles on disk, to be searched. Thread-safe.</summary>
internal sealed class HelpDesk : IHelpDesk
{
    private static readonly Sort NewestFirst = new(new SortField("changed", SortFieldType.INT64, reverse: true));

    private readonly Analyzer _words = new StandardAnalyzer(LuceneVersion.LUCENE_48);
    private readonly SpladeFieldDefinition _splade;
    private readonly IndexWriter _writer;
    private readonly SearcherManager _searchers;

    public HelpDesk(string folder, ISparseEncoder encoder)
    {
        _splade = new SpladeFieldDefinition("splade", encoder) { Sources = ["title", "body"], Offsets = true };
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, _splade.CreateAnalyzer(_words));
        _writer = new IndexWriter(FSDirectory.Open(folder), config);
        _searchers = new SearcherManager(_writer, applyAllDeletes: true, new Searchers());
    }

    public void Save(Article article)
    {
        var document = new Document
        {
            new StringField("id", article.Id, Field.Store.YES),
            new StringField("topic", article.Topic, Field.Store.YES),
            new TextField("title", article.Title, Field.Store.YES),
            new TextField("body", article.Body, Field.Store.YES),
            new NumericDocValuesField("changed", article.Changed.DayNumber),
        };
        _splade.AddTo(document);
        _writer.UpdateDocument(new Term("id", article.Id), document);
    }

    public void Remove(string id) => _writer.DeleteDocuments(new Term("id", id));

    public void Publish()
    {
        _searchers.MaybeRefreshBlocking();
        _writer.Commit();
    }

    public Page Search(Question question)
    {
        IndexSearcher searcher = _searchers.Acquire();
        try
        {
            BooleanQuery query = WordsOf(question.Text);
            SpladeQuery meaning = _splade.CreateQuery(searcher.IndexReader, question.Text);
            query.Add(meaning, Occur.SHOULD);
            Filter? filter = question.Topic is { } topic ? new QueryWrapperFilter(new TermQuery(new Term("topic", topic))) : null;
            TopDocs found = question.NewestFirst
                ? searcher.SearchAfter(question.After, query, filter, question.PageSize, NewestFirst)
                : searcher.SearchAfter(question.After, query, filter, question.PageSize);
            var highlighter = new Highlighter(new QueryScorer(query, "body"));
            return new Page(found.TotalHits, [.. found.ScoreDocs.Select(AnswerOf)], found.ScoreDocs.LastOrDefault());

            Answer AnswerOf(ScoreDoc hit)
            {
                Document stored = searcher.Doc(hit.Doc);
                string? snippet = highlighter.GetBestFragment(_words, "body", stored.Get("body"));
                SpladeHighlight why = new SpladeHighlighter().Highlight(searcher.IndexReader, hit.Doc, meaning);
                if (why.Fragments.Count > 0) snippet = why.Fragments[0].Marked("<B>", "</B>");
                return new Answer(stored.Get("id"), snippet ?? stored.Get("body"));
            }
        }
        finally
        {
            _searchers.Release(searcher);
        }
    }

    public void Dispose()
    {
        _searchers.Dispose();
        _writer.Dispose();
        _words.Dispose();
    }

    private BooleanQuery WordsOf(string text)
    {
        var builder = new QueryBuilder(_words);
        var words = new BooleanQuery();
        if (builder.CreateBooleanQuery("title", text) is { } title) words.Add(title, Occur.SHOULD);
        if (builder.CreateBooleanQuery("body", text) is { } body) words.Add(body, Occur.SHOULD);
        return words;
    }

    private sealed class Searchers() : SpladeSearcherFactory(null, "splade")
    {
        public override IndexSearcher NewSearcher(IndexReader reader)
        {
            IndexSearcher searcher = base.NewSearcher(reader);
            searcher.Similarity = new BM25Similarity();
            return searcher;
        }
    }
}
