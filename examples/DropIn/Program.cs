// A small help desk that searched with BM25, and the lines that let it find answers in other words. New lines are marked.
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene;
using SpladeLucene.Onnx;

(string Id, string Text)[] articles =
[
    ("kb-1", "Your parcel has not arrived: how to report a lost package and get your money back."),
    ("kb-2", "Changing the password of your account, and what to do when you are locked out."),
    ("kb-3", "The screen stays dark when I start the laptop."),
    ("kb-4", "Invoices are sent by e-mail at the beginning of each month."),
    ("kb-5", "How to cancel a subscription before the next payment."),
];

using var encoder = OnnxSparseEncoder.Load(                                                              // new
    Path.Combine(AppContext.BaseDirectory, "models", "splade-tiny-en"));                                 // new
using var words = new StandardAnalyzer(LuceneVersion.LUCENE_48);
var parser = new QueryBuilder(words);
using var analyzer = new PerFieldAnalyzerWrapper(words, new Dictionary<string, Analyzer>                 // new
{                                                                                                        // new
    ["text_splade"] = new SpladeAnalyzer(LuceneVersion.LUCENE_48, encoder),                              // new
});                                                                                                      // new

using var directory = new RAMDirectory();
using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
foreach ((string id, string text) in articles)
{
    writer.UpdateDocument(new Term("id", id), new Document
    {
        new StringField("id", id, Field.Store.YES),
        new TextField("text", text, Field.Store.YES),
        new TextField("text_splade", text, Field.Store.NO),                                              // new
    });
}

using var manager = new SearcherManager(writer, applyAllDeletes: true, searcherFactory: null);
foreach (string question in new[] { "display remains black", "missing delivery", "bill delivered monthly" })
{
    Console.WriteLine(question);
    IndexSearcher searcher = manager.Acquire();
    try
    {
        searcher.Similarity = new BM25Similarity();
        Query bm25 = parser.CreateBooleanQuery("text", question);
        Print(searcher, "BM25 alone", bm25);
        // Both scores are on scales of their own; how much each counts is for your own data to say.
        Query splade = SpladeQuery.Create(searcher.IndexReader, "text_splade", question, encoder);       // new
        splade.Boost = 0.5f;                                                                             // new
        Print(searcher, "BM25 + SPLADE", new BooleanQuery                                                // new
        {                                                                                                // new
            { bm25, Occur.SHOULD }, { splade, Occur.SHOULD },                                            // new
        });                                                                                              // new
    }
    finally
    {
        manager.Release(searcher);
    }
}

static void Print(IndexSearcher searcher, string how, Query query)
{
    TopDocs found = searcher.Search(query, 1);
    string best = found.TotalHits == 0
        ? "nothing"
        : $"{searcher.Doc(found.ScoreDocs[0].Doc).Get("id")} {searcher.Doc(found.ScoreDocs[0].Doc).Get("text")}";
    Console.WriteLine($"  {how,-14} {best}");
}
