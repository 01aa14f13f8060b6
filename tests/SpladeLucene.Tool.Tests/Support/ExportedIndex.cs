using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using FSDirectory = Lucene.Net.Store.FSDirectory;

namespace SpladeLucene.Tool.Tests.Support;

/// <summary>An index with <c>id</c>, <c>text</c>, <c>tag</c> and a SPLADE field of words, whose segments stay as they are made.</summary>
internal sealed class ExportedIndex : IDisposable
{
    private readonly WordEncoder _encoder = new();
    private readonly FSDirectory _directory;
    private readonly StandardAnalyzer _analyzer = new(LuceneVersion.LUCENE_48);
    private readonly IndexWriter _writer;

    public ExportedIndex(string folder, ImpactFormat? format = null)
    {
        Format = format ?? ImpactFormat.Default;
        _directory = FSDirectory.Open(folder);
        _writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer) { MergePolicy = NoMergePolicy.COMPOUND_FILES });
    }

    private ImpactFormat Format { get; }

    /// <summary>Adds a document.</summary>
    public void Add(string id, string text, params string[] tags)
    {
        var document = new Document { new StringField("id", id, Field.Store.YES), new TextField("text", text, Field.Store.YES) };
        foreach (string tag in tags) document.Add(new StringField("tag", tag, Field.Store.YES));
        document.Add(new SpladeField("splade", _encoder.Encode(text), _encoder.Fingerprint, Format));
        _writer.AddDocument(document);
    }

    public void Delete(string id) => _writer.DeleteDocuments(new Term("id", id));

    /// <summary>Ends a segment.</summary>
    public void Commit() => _writer.Commit();

    public void Dispose()
    {
        _writer.Dispose();
        _analyzer.Dispose();
        _directory.Dispose();
    }
}
