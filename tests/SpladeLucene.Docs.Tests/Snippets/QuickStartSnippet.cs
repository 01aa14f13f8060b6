using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Docs.Tests.Shell;
using SpladeLucene.Models;
using SpladeLucene.Onnx;

namespace SpladeLucene.Docs.Tests.Snippets;

/// <summary>The code of docs/quick-start.md.</summary>
[Collection(nameof(WholeProcess))]
public sealed class QuickStartSnippet
{
    private static readonly (string, string)[] Some =
        [("Canine health", "What to do about a sick dog."), ("Money", "The history of banks and coins.")];

    [Fact]
    public void IndexAndSearch_OtherWords_FindsAndMarks()
    {
        using var directory = new RAMDirectory();
        string printed = Printed(() => IndexAndSearch(directory, Some, "my puppy is ill"));

        Assert.Matches(@"^\d+\.\d\d  Canine health: .*<b>Canine</b>", printed);
    }

    private static void IndexAndSearch(RAMDirectory directory, (string, string)[] articles, string question)
    {
        using OnnxSparseEncoder encoder = SpladeTinyEn.Load();
        var splade = new SpladeFieldDefinition("splade", encoder) { Sources = ["title", "body"], Offsets = true };

        using var words = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        using Analyzer analyzer = splade.CreateAnalyzer(words);
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)))
        {
            foreach ((string title, string body) in articles)
            {
                writer.AddDocument(splade.AddTo(new Document
                {
                    new TextField("title", title, Field.Store.YES),
                    new TextField("body", body, Field.Store.YES),
                }));
            }
        }

        using var manager = new SearcherManager(directory, new SpladeSearcherFactory(null, "splade"));
        var searcher = (SpladeSearcher)manager.Acquire();
        try
        {
            Query? typed = new QueryBuilder(words).CreateBooleanQuery("body", question);
            SpladeQuery meant = splade.CreateQuery(searcher.IndexReader, question);
            HybridTopDocs found = new HybridSearcher(searcher).Search(new HybridQuery(typed, meant), 10);
            foreach (HybridHit hit in found.Hits)
            {
                SpladeHighlight why = new SpladeHighlighter().Highlight(searcher.IndexReader, hit.Doc, meant);
                string snippet = why.Fragments.Count > 0 ? why.Fragments[0].Marked("<b>", "</b>") : "";
                Console.WriteLine($"{hit.Score:0.00}  {searcher.Doc(hit.Doc).Get("title")}: {snippet}");
            }
        }
        finally
        {
            manager.Release(searcher);
        }
    }

    private static string Printed(Action print)
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            print();
        }
        finally
        {
            Console.SetOut(before);
        }

        return output.ToString();
    }
}
