using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Spectre.Console;
using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>One index with both fields: <c>body</c> for BM25, <c>body_splade</c> for SPLADE.</summary>
internal static class CollectionIndex
{
    public const string Id = "id";
    public const string Body = "body";
    public const string Splade = "body_splade";

    private const string Source = "collection";

    public static Analyzer Analyzer { get; } = new EnglishAnalyzer(LuceneVersion.LUCENE_48);

    /// <summary>Indexes the collection, unless the folder holds an index already.</summary>
    public static async Task EnsureAsync(
        Lucene.Net.Store.Directory directory, TestCollection set, ISparseEncoder encoder, IAnsiConsole progress,
        CancellationToken cancellation)
    {
        if (DirectoryReader.IndexExists(directory))
        {
            RequireSame(directory, set);
            return;
        }

        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, Analyzer) { MergePolicy = new LogDocMergePolicy() };
        using var writer = new IndexWriter(directory, config);
        try
        {
            await ConsoleProgress.RunAsync(progress, "Indexing", told => AddAllAsync(writer, set, encoder, told, cancellation))
                .ConfigureAwait(false);
        }
        catch
        {
            // Half a collection must not look like a whole one next time.
            writer.Rollback();
            throw;
        }
    }

    private static async Task<long> AddAllAsync(IndexWriter writer, TestCollection set, ISparseEncoder encoder,
        IProgress<SpladeProgress> progress, CancellationToken cancellation)
    {
        // Counting the documents first costs little beside encoding them and lets the progress say what is left.
        var options = new SpladeIndexerOptions
        {
            Format = new ImpactFormat { Offsets = true }, IdField = Id, Total = set.ReadDocuments().LongCount(),
        };
        var indexer = new SpladeIndexer(writer, encoder, Splade, options);
        await indexer.AddAsync(set.ReadDocuments().Select(Fields), progress, cancellation)
            .ConfigureAwait(false);
        writer.SetCommitData(new Dictionary<string, string> { [Source] = set.Folder });
        writer.Commit();
        return options.Total ?? 0;
    }

    // Measures of one collection over the index of another would look like measures.
    private static void RequireSame(Lucene.Net.Store.Directory directory, TestCollection set)
    {
        using DirectoryReader reader = DirectoryReader.Open(directory);
        reader.IndexCommit.UserData.TryGetValue(Source, out string? source);
        if (source != set.Folder)
            throw new InvalidOperationException($"The index holds '{source}', not '{set.Folder}': name another folder.");
    }

    private static SpladeDocument Fields(CollectionDocument source)
    {
        var document = new Document
        {
            new StringField(Id, source.Id, Field.Store.YES),
            new TextField(Body, source.Body, Field.Store.YES),
        };
        return new SpladeDocument(document, source.Body);
    }
}
