using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using SpladeLucene.Evaluation;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace ReindexLegacyIndex;

/// <summary>The application as it always was: it writes and searches an index that knows nothing of SPLADE.</summary>
internal static class LegacyIndex
{
    private static readonly StandardAnalyzer Words = new(LuceneVersion.LUCENE_48);
    private static readonly QueryBuilder Builder = new(Words);

    /// <summary>Adds documents, or replaces those of the same id, and deletes one if asked to.</summary>
    public static void Write(string folder, IEnumerable<CollectionDocument> documents, string? deleted = null)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, Words));
        foreach (CollectionDocument document in documents)
        {
            writer.UpdateDocument(new Term("id", document.Id), new Document
            {
                new StringField("id", document.Id, Field.Store.YES),
                new TextField("title", document.Title, Field.Store.YES),
                new TextField("body", document.Text, Field.Store.YES),
            });
        }

        if (deleted is not null) writer.DeleteDocuments(new Term("id", deleted));
    }

    /// <summary>BM25 over titles and bodies; any of the words may match.</summary>
    public static Query Bm25(string question)
    {
        var query = new BooleanQuery();
        foreach (string name in new[] { "title", "body" })
        {
            // Null where no word is left to search for.
            if (Builder.CreateBooleanQuery(name, question) is { } words) query.Add(words, Occur.SHOULD);
        }

        return query;
    }

    /// <summary>Every hit of every question, with the bits of its score.</summary>
    public static List<Bm25Hit> AllHits(string folder, IEnumerable<string> questions)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        var searcher = new IndexSearcher(reader) { Similarity = new BM25Similarity() };
        return [.. questions.SelectMany(question => searcher.Search(Bm25(question), reader.MaxDoc).ScoreDocs
            .Select(hit => new Bm25Hit(
                question, reader.Document(hit.Doc).Get("id"), BitConverter.SingleToInt32Bits(hit.Score))))];
    }
}

/// <summary>A hit that equals another only if the bits of their scores do.</summary>
internal sealed record Bm25Hit(string Question, string Id, int ScoreBits);
