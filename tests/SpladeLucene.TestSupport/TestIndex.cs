using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.TestSupport;

/// <summary>Small indexes in memory.</summary>
public static class TestIndex
{
    public static readonly WhitespaceAnalyzer Whitespace = new(LuceneVersion.LUCENE_48);

    public static IndexWriterConfig Config(Lucene.Net.Analysis.Analyzer? analyzer = null) =>
        new(LuceneVersion.LUCENE_48, analyzer ?? Whitespace);

    /// <summary>Indexes <paramref name="documents"/> into one segment.</summary>
    public static DirectoryReader Of(IEnumerable<Document> documents, Lucene.Net.Analysis.Analyzer? analyzer = null)
    {
        var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, Config(analyzer)))
        {
            foreach (Document document in documents) writer.AddDocument(document);
        }

        return DirectoryReader.Open(directory);
    }

    public static Document Document(params IIndexableField[] fields)
    {
        var document = new Document();
        foreach (IIndexableField field in fields) document.Add(field);
        return document;
    }
}
