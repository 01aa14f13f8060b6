using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Tests.LuceneContracts.Support;

/// <summary>An index in memory with its writer, whose documents have an id and a text.</summary>
internal sealed class LiveIndex : IDisposable
{
    public LiveIndex(Action<IndexWriterConfig>? configure = null)
    {
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        configure?.Invoke(config);
        Writer = new IndexWriter(Directory, config);
    }

    public RAMDirectory Directory { get; } = new();

    public IndexWriter Writer { get; }

    /// <summary>Adds documents with these ids, and the same as their text.</summary>
    public LiveIndex Add(params string[] ids)
    {
        foreach (string id in ids) Writer.AddDocument(Document(id, id));
        return this;
    }

    /// <summary>Adds a segment of documents with these ids.</summary>
    public LiveIndex AddSegment(params string[] ids)
    {
        Add(ids);
        Writer.Commit();
        return this;
    }

    public LiveIndex Delete(params string[] ids)
    {
        Writer.DeleteDocuments([.. ids.Select(id => new Term("id", id))]);
        return this;
    }

    public DirectoryReader Open() => DirectoryReader.Open(Writer, applyAllDeletes: true);

    public static Document Document(string id, string text) => TestIndex.Document(
        new StringField("id", id, Field.Store.YES), new TextField("text", text, Field.Store.NO));

    /// <summary>The ids of the live documents in their order, with a bar between segments.</summary>
    public static string Ids(IndexReader reader) =>
        string.Join(" | ", reader.Leaves.Select(leaf => string.Join(' ', Ids(leaf.AtomicReader))));

    public void Dispose()
    {
        Writer.Dispose();
        Directory.Dispose();
    }

    private static IEnumerable<string> Ids(AtomicReader reader)
    {
        for (int doc = 0; doc < reader.MaxDoc; doc++)
            if (reader.LiveDocs?.Get(doc) ?? true) yield return reader.Document(doc).Get("id");
    }
}
