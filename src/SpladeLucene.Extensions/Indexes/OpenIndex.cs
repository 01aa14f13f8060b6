using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Indexes;

/// <summary>Lucene's objects of an index: opened together, refused in a sentence, closed together.</summary>
internal sealed class OpenIndex : IDisposable
{
    private readonly string _name;

    private OpenIndex(string name, SpladeIndexOptions options, ISparseEncoder encoder, LuceneDirectory directory)
    {
        (_name, Directory) = (name, directory);
        Words = options.Analyzer is { } make ? Returned(make(), nameof(options.Analyzer)) : new StandardAnalyzer(LuceneVersion.LUCENE_48);
        Hybrid = options.Hybrid is { } change ? Returned(change(new HybridOptions()), nameof(options.Hybrid)) : new HybridOptions();
        if (Hybrid.RankConstant is not null && options.MeaningWeight is not null)
            throw Refusal(name, $"reciprocal ranks have no weights; leave {nameof(options.MeaningWeight)} or RankConstant out");
        Definition = new SpladeFieldDefinition(options.Field, encoder)
        {
            Sources = options.Sources,
            Format = new ImpactFormat { Encoding = options.Encoding, Offsets = options.Offsets },
        };
        Impacts = options.ImpactBudgetInBytes is { } budget
            ? new ImpactCache(new ImpactCacheOptions { BudgetInBytes = budget }) : ImpactCache.Shared;
        Writer = new IndexWriter(directory, ConfigOf(options));
    }

    public LuceneDirectory Directory { get; }

    public Analyzer Words { get; }

    public HybridOptions Hybrid { get; }

    public SpladeFieldDefinition Definition { get; }

    public ImpactCache Impacts { get; }

    public IndexWriter Writer { get; }

    public SearcherManager Searchers { get; private set; } = null!;

    /// <exception cref="InvalidOperationException">The directory isn't there, is locked, or its index is another model's.
    /// </exception>
    public static OpenIndex Open(IServiceProvider services, string name, SpladeIndexOptions options)
    {
        ISparseEncoder encoder = EncoderOf(services, options) ?? throw Refusal(name, options.Encoder is null
            ? "there is no encoder; call AddSplade()" : $"there is no encoder '{options.Encoder}'; call AddSplade(\"{options.Encoder}\")");
        LuceneDirectory? directory = null;
        OpenIndex? index = null;
        try
        {
            directory = options.OpenDirectory is { } open
                ? open(services) ?? throw Refusal(name, $"{nameof(options.OpenDirectory)} returned null")
                : FSDirectory.Open(FolderOf(services, options));
            if (options.MustExist && !DirectoryReader.IndexExists(directory))
                throw Refusal(name, $"there is none in {directory}; make one, or leave MustExist out to begin one there");
            index = new OpenIndex(name, options, encoder, directory);
            index.Begin();
            return index;
        }
        catch (Exception problem)
        {
            index?.Writer.Rollback();
            directory?.Dispose();
            if (Reason(problem, directory) is { } reason) throw Refusal(name, reason, problem);
            throw;
        }
    }

    /// <summary>Commits what there is, and closes.</summary>
    public void Dispose()
    {
        using (Directory)
        using (Writer)
            Searchers.Dispose();
        Words.Dispose();
    }

    public override string ToString() => $"{_name} in {Directory}";

    private static ISparseEncoder? EncoderOf(IServiceProvider services, SpladeIndexOptions options) => options.Encoder is null
        ? services.GetService<ISparseEncoder>() : services.GetKeyedService<ISparseEncoder>(options.Encoder);

    private static string FolderOf(IServiceProvider services, SpladeIndexOptions options) => Path.GetFullPath(
        options.Directory!, Path.GetFullPath(services.GetService<IHostEnvironment>()?.ContentRootPath ?? "."));

    private IndexWriterConfig ConfigOf(SpladeIndexOptions options)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, Definition.CreateAnalyzer(Words))
        {
            Similarity = Hybrid.Words,
            MergedSegmentWarmer = new ImpactWarmer(Impacts, Definition.Name),
        };
        options.ConfigureWriter?.Invoke(config);
        return config;
    }

    private void Begin()
    {
        var searching = new SpladeSearcherOptions { Impacts = Impacts };
        // Before anything is warmed: impacts of a field that isn't one can't be read.
        using (DirectoryReader reader = Writer.GetReader(applyAllDeletes: true))
        {
            new SpladeFingerprint(Definition.Encoder.Fingerprint, Definition.Format.Quantizer.Range, Definition.Format.Encoding)
                .RequireIn(reader, Definition.Name);
        }

        Searchers = new SearcherManager(Writer, applyAllDeletes: true, new SpladeSearcherFactory(searching, Definition.Name));
    }

    private static string? Reason(Exception problem, LuceneDirectory? directory) => problem switch
    {
        LockObtainFailedException => $"another process, or another index of this one, writes in {directory}; stop that first",
        FingerprintMismatchException or IOException or UnauthorizedAccessException => problem.Message,
        InvalidOperationException when directory is not null && !problem.Message.StartsWith("The index", StringComparison.Ordinal) =>
            problem.Message,
        _ => null,
    };

    private T Returned<T>(T? made, string setting)
        where T : class => made ?? throw Refusal(_name, $"{setting} returned null");

    private static InvalidOperationException Refusal(string name, string reason, Exception? problem = null) =>
        new($"The index '{name}' can't be opened: {reason.TrimEnd('.').ReplaceLineEndings(" ")}.", problem);
}
