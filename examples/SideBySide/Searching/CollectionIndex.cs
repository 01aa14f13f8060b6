using System.Globalization;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Spectre.Console;
using SpladeLucene;
using SpladeLucene.Evaluation;

namespace SideBySide;

/// <summary>One index with <c>body</c> for BM25 and a field for each model.</summary>
internal static class CollectionIndex
{
    public const string Id = "id";
    public const string Body = "body";

    private const string Source = "collection", State = "corpus";

    private static readonly string[] Corpora = ["corpus.jsonl", "corpus.jsonl.gz"];

    private static readonly ImpactFormat Format = new() { Offsets = true };

    /// <summary>The field that the model at this place writes: <c>body_splade</c>, <c>body_splade_2</c>.</summary>
    public static string FieldOf(int place) => place == 0 ? "body_splade" : $"body_splade_{place + 1}";

    public static Analyzer Analyzer { get; } = new EnglishAnalyzer(LuceneVersion.LUCENE_48);

    /// <summary>Indexes the collection, unless the folder holds an index already.</summary>
    /// <returns>The models that the index has a field of: all, or those that a kept index was made with.</returns>
    public static async Task<IReadOnlyList<SpladeModel>> EnsureAsync(
        Lucene.Net.Store.Directory directory, TestCollection set, IReadOnlyList<SpladeModel> models,
        IAnsiConsole progress, CancellationToken cancellation)
    {
        if (DirectoryReader.IndexExists(directory))
        {
            RequireSame(directory, set);
            return Kept(directory, models, progress);
        }

        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, Analyzer) { MergePolicy = new LogDocMergePolicy() };
        using var writer = new IndexWriter(directory, config);
        try
        {
            await ConsoleProgress.RunAsync(progress, "Indexing", told => AddAllAsync(writer, set, models, told, cancellation))
                .ConfigureAwait(false);
            return models;
        }
        catch
        {
            // Half a collection must not look like a whole one next time.
            writer.Rollback();
            throw;
        }
    }

    private static async Task<long> AddAllAsync(IndexWriter writer, TestCollection set, IReadOnlyList<SpladeModel> models,
        IProgress<SpladeProgress> progress, CancellationToken cancellation)
    {
        // As it is before it is read: what changes meanwhile is another one.
        string state = StateOf(set);
        // Counting the documents first costs little beside encoding them and lets the progress say what is left.
        var options = new SpladeIndexerOptions { Format = Format, IdField = Id, Total = set.ReadDocuments().LongCount() };
        var indexer = new SpladeIndexer(writer, models[0].Encoder, models[0].Field, options);
        IEnumerable<SpladeDocument> documents = models.Skip(1)
            .Aggregate(set.ReadDocuments().Select(Fields), (so, model) => so.Select(document => WithFieldOf(model, document)));
        await indexer.AddAsync(documents, progress, cancellation).ConfigureAwait(false);
        writer.SetCommitData(new Dictionary<string, string> { [Source] = set.Folder, [State] = state });
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
        reader.IndexCommit.UserData.TryGetValue(State, out string? state);
        if (state != StateOf(set))
        {
            throw new InvalidOperationException(
                $"The documents of '{set.Folder}' are not those that the index was made of: delete it, or name another folder.");
        }
    }

    private static string StateOf(TestCollection set)
    {
        FileInfo corpus = Corpora.Select(name => new FileInfo(Path.Combine(set.Folder, name))).First(file => file.Exists);
        return string.Create(CultureInfo.InvariantCulture, $"{corpus.Length} bytes of {corpus.LastWriteTimeUtc:O}");
    }

    private static List<SpladeModel> Kept(
        Lucene.Net.Store.Directory directory, IReadOnlyList<SpladeModel> models, IAnsiConsole progress)
    {
        using DirectoryReader reader = DirectoryReader.Open(directory);
        // The first is asked for by itself: without its field a search says what is missing.
        List<SpladeModel> kept =
            [models[0], .. models.Skip(1).Where(model => MultiFields.GetTerms(reader, model.Field) is not null)];
        foreach (SpladeModel model in models.Except(kept))
            progress.WriteLine($"The kept index has no field of {model.Name}, which is left out.");
        return kept;
    }

    // The indexer encodes one field; what another model makes of a text goes along as a field that is made already.
    private static SpladeDocument WithFieldOf(SpladeModel model, SpladeDocument document)
    {
        SparseVector vector = model.Encoder.Encode(document.Text);
        document.Document.Add(
            new SpladeField(model.Field, vector, model.Encoder.Fingerprint, Format, document.Text.Length));
        return document;
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
