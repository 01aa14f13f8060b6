// Four sentences in an ordinary Lucene.NET index, searched by meaning.
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene;
using SpladeLucene.Models;
using SpladeLucene.Onnx;

string[] sentences =
[
    "The quick brown fox jumps over the lazy dog.",
    "A fast, agile fox leaps across a sleeping canine.",
    "How to train your dog for agility.",
    "The history of the fox as a wild animal.",
];

using OnnxSparseEncoder encoder = SpladeTinyEn.Load();

// One more field, with an analyzer of its own; the rest of the application stays as it is.
using var analyzer = new PerFieldAnalyzerWrapper(
    new StandardAnalyzer(LuceneVersion.LUCENE_48),
    new Dictionary<string, Analyzer> { ["body_splade"] = new SpladeAnalyzer(LuceneVersion.LUCENE_48, encoder) });

using var directory = new RAMDirectory();
using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)))
{
    foreach (string sentence in sentences)
    {
        writer.AddDocument(new Document
        {
            new TextField("body", sentence, Field.Store.YES),
            new Field("body_splade", sentence, SpladeField.PayloadWithOffsetsType),
        });
    }
}

using DirectoryReader reader = DirectoryReader.Open(directory);
var searcher = new IndexSearcher(reader);

// One more query. SourceFields let Explain quote the words that matched.
SpladeQuery query = SpladeQuery.Create(
    reader, "body_splade", "fox and dog agility", encoder, new SpladeQueryOptions { SourceFields = ["body"] });

foreach (ScoreDoc hit in searcher.Search(query, 10).ScoreDocs)
{
    Console.WriteLine($"{hit.Score:0.00}  {searcher.Doc(hit.Doc).Get("body")}");
    foreach (Explanation reason in searcher.Explain(query, hit.Doc).GetDetails().Take(4))
        Console.WriteLine($"      {reason.Value:0.00}  {reason.Description}");
}
