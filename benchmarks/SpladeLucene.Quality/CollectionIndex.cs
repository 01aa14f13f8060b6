using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Quality;

/// <summary>A collection in a temporary Lucene index: two BM25 fields and a SPLADE field.</summary>
internal sealed class CollectionIndex : IDisposable
{
    public const string Id = "id", Standard = "standard", English = "english", Splade = "splade";

    private readonly string _folder;
    private readonly Directory _directory;

    private CollectionIndex(string folder)
    {
        _folder = folder;
        _directory = FSDirectory.Open(folder);
    }

    public static Analyzer Analyzer { get; } = new PerFieldAnalyzerWrapper(
        new EnglishAnalyzer(LuceneVersion.LUCENE_48),
        new Dictionary<string, Analyzer> { [Standard] = new StandardAnalyzer(LuceneVersion.LUCENE_48) });

    public static async Task<CollectionIndex> BuildAsync(
        TestCollection set, ISparseEncoder encoder, CancellationToken cancellation)
    {
        var index = new CollectionIndex(System.IO.Directory.CreateTempSubdirectory("splade-quality-").FullName);
        try
        {
            var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, Analyzer);
            using var writer = new IndexWriter(index._directory, config);
            var indexer = new SpladeIndexer(writer, encoder, Splade, new SpladeIndexerOptions { IdField = Id });
            await indexer.AddAsync(set.ReadDocuments().Select(Fields), null, cancellation);
            writer.Commit();
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    public DirectoryReader Open() => DirectoryReader.Open(_directory);

    public void Dispose()
    {
        _directory.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static SpladeDocument Fields(CollectionDocument source)
    {
        var document = new Document
        {
            new StringField(Id, source.Id, Field.Store.YES),
            new TextField(Standard, source.Body, Field.Store.NO),
            new TextField(English, source.Body, Field.Store.NO),
        };
        return new SpladeDocument(document, source.Body);
    }
}
