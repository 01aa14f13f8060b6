using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Tool.Tests.Support;

/// <summary>A temporary folder with an index from before SPLADE, and a place for the new one.</summary>
internal sealed class LegacySource : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes the index of these bodies, in one segment; their ids are their places.</summary>
    public LegacySource(params string?[] bodies)
    {
        if (bodies.Length > 0) Put([.. bodies.Select((body, i) => Document($"{i}", body, title: null))]);
    }

    public string Path => _folder.PathOf("old");

    public string Target => _folder.PathOf("new");

    /// <summary>The arguments that migrate <c>body</c>, and these.</summary>
    public string[] Reindex(params string[] more) =>
        ["reindex", Path, Target, "--from", "body", "--to", "body_splade", "--model", "words", .. more];

    /// <summary>Adds a document or replaces the one of its id.</summary>
    public void Put(string id, string? body, string? title = null) => Put([Document(id, body, title)]);

    /// <summary>Adds a document with a stored number.</summary>
    public void AddNumber(string name, int value) => Put([new Document { new StringField("id", name, Field.Store.YES), new Int32Field(name, value, Field.Store.YES) }]);

    /// <summary>Adds a document with stored bytes, of which nothing is indexed.</summary>
    public void AddBytes(string name) => Put([new Document { new StringField("id", name, Field.Store.YES), new StoredField(name, [1, 2]) }]);

    /// <summary>The ids that a SPLADE query finds in the new index, the best first.</summary>
    public IReadOnlyList<string> Search(string text, ISparseEncoder? encoder = null)
    {
        using FSDirectory directory = FSDirectory.Open(Target);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        using ISparseEncoder words = encoder ?? new WordEncoder();
        var searcher = new IndexSearcher(reader);
        TopDocs found = searcher.Search(SpladeQuery.Create(reader, "body_splade", text, words), 10);
        return [.. found.ScoreDocs.Select(hit => reader.Document(hit.Doc).Get("id"))];
    }

    /// <summary>What the postings of a field hold in the new index.</summary>
    public string PostingsOf(string name)
    {
        using FSDirectory directory = FSDirectory.Open(Target);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        return string.Join(", ", reader.Leaves.Select(leaf => ((AtomicReader)leaf.Reader).FieldInfos.FieldInfo(name).IndexOptions));
    }

    /// <summary>Every file and folder of the temporary folder, with its size and time.</summary>
    public IReadOnlyList<string> Everything() =>
    [
        .. new DirectoryInfo(_folder.Root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => $"{entry.FullName} {(entry as FileInfo)?.Length} {entry.LastWriteTimeUtc:O}")
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Dispose();

    private void Put(Document[] documents)
    {
        using FSDirectory directory = FSDirectory.Open(Path);
        using var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer));
        foreach (Document document in documents) writer.UpdateDocument(new Term("id", document.Get("id")), document);
    }

    private static Document Document(string id, string? body, string? title)
    {
        var document = new Document { new StringField("id", id, Field.Store.YES) };
        if (title is not null) document.Add(new TextField("title", title, Field.Store.YES));
        if (body is not null) document.Add(new TextField("body", body, Field.Store.YES));
        return document;
    }
}
