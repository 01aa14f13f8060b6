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

    private OpenIndex(string name, SpladeIndexOptions options, IReadOnlyList<SpladeFieldDefinition> fields, LuceneDirectory directory,
        string? impacts)
    {
        (_name, Directory, Guard) = (name, directory, new FlushGuard(name));
        Words = options.AnalyzerFactory is { } make ? Returned(make(), nameof(options.AnalyzerFactory)) : new StandardAnalyzer(LuceneVersion.LUCENE_48);
        Hybrid = options.ConfigureHybrid is { } change ? Returned(change(new HybridOptions()), nameof(options.ConfigureHybrid)) : new HybridOptions();
        if (Hybrid.RankConstant is not null && options.MeaningWeight is not null)
            throw Refusal(name, $"reciprocal ranks have no weights; leave {nameof(options.MeaningWeight)} or RankConstant out");
        Fields = fields;
        Impacts = CacheOf(options.ImpactBudgetInBytes, impacts);
        Writer = new IndexWriter(directory, ConfigOf(options));
    }

    public LuceneDirectory Directory { get; }

    public Analyzer Words { get; }

    public HybridOptions Hybrid { get; }

    /// <summary>Its SPLADE fields, which are warmed.</summary>
    public IReadOnlyList<SpladeFieldDefinition> Fields { get; }

    public ImpactCache Impacts { get; }

    public IndexWriter Writer { get; }

    public SearcherManager Searchers { get; private set; } = null!;

    /// <summary>What every write goes through.</summary>
    public FlushGuard Guard { get; }

    /// <summary>Opens an index as an application registered it.</summary>
    /// <exception cref="IndexRefusedException">The directory isn't there, is locked, or its index is another model's.</exception>
    public static OpenIndex Open(IServiceProvider services, string name, SpladeIndexOptions options)
    {
        ISparseEncoder encoder = EncoderOf(services, options) ?? throw Refusal(name, options.EncoderName is null
            ? "there is no encoder; call AddSplade()" : $"there is no encoder '{options.EncoderName}'; call AddSplade(\"{options.EncoderName}\")");
        var field = new SpladeFieldDefinition(options.Field, encoder)
        {
            Sources = options.Sources,
            Format = new ImpactFormat { Encoding = options.Encoding, Offsets = options.Offsets },
        };
        return Open(name, options, [field], () => options.DirectoryFactory is { } open
            ? open(services) ?? throw Refusal(name, $"{nameof(options.DirectoryFactory)} returned null")
            : FSDirectory.Open(FolderOf(services, options.Directory!)),
            options.ImpactFolder is { } impacts ? FolderOf(services, impacts) : null);
    }

    /// <summary>Opens an index.</summary>
    /// <param name="name">What it is called in sentences.</param>
    /// <param name="options">Its settings, without those of its fields.</param>
    /// <param name="fields">Its SPLADE fields; there may be none.</param>
    /// <param name="open">Opens its directory, which is disposed of with the index.</param>
    /// <param name="impacts">The whole path of the folder of its impacts; null for the heap.</param>
    /// <exception cref="IndexRefusedException">As above.</exception>
    public static OpenIndex Open(
        string name, SpladeIndexOptions options, IReadOnlyList<SpladeFieldDefinition> fields, Func<LuceneDirectory> open,
        string? impacts = null)
    {
        LuceneDirectory? directory = null;
        OpenIndex? index = null;
        try
        {
            directory = open();
            if (options.MustExist && !DirectoryReader.IndexExists(directory))
                throw Refusal(name, $"there is none in {directory}; make one, or leave MustExist out to begin one there");
            index = new OpenIndex(name, options, fields, directory, impacts);
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

    /// <summary>Refuses an index whose field has vectors of another model.</summary>
    /// <exception cref="FingerprintMismatchException">It has.</exception>
    public static void RequireModel(IndexReader reader, SpladeFieldDefinition field) =>
        new SpladeFingerprint(field.Encoder.Fingerprint, field.Format.Quantizer.Range, field.Format.Encoding).RequireIn(reader, field.Name);

    /// <summary>Why nothing can be done with a directory whose write lock is taken.</summary>
    public static string WrittenElsewhere(LuceneDirectory? directory) =>
        $"another process, or another index of this one, writes in {directory}; stop that first";

    /// <summary>Makes visible what was written.</summary>
    public void Refresh() => Guard.Flush(Searchers.MaybeRefreshBlocking);

    /// <returns>Whether there was anything to commit.</returns>
    public bool Commit()
    {
        bool isCommitted = false;
        Guard.Flush(() =>
        {
            if (!Writer.HasUncommittedChanges()) return;
            Writer.PrepareCommit();
            // A write that flushed meanwhile may have failed.
            Guard.ThrowIfMayMiss();
            Writer.Commit();
            isCommitted = true;
        });
        return isCommitted;
    }

    /// <summary>Commits what there is, and closes; what can't be committed is lost, and so is all since the last commit where a part of it
    /// may be missing, which is said by an exception. The index is closed all the same.</summary>
    public void Dispose() => Close(CommitAndClose);

    /// <summary>Closes without committing.</summary>
    public void Discard() => Close(Writer.Rollback);

    public override string ToString() => $"{_name} in {Directory}";

    private void Close(Action closeWriter)
    {
        using (Words)
        using (Directory)
        {
            try
            {
                Searchers.Dispose();
            }
            finally
            {
                closeWriter();
            }
        }
    }

    private void CommitAndClose()
    {
        try
        {
            Guard.ThrowIfMayMiss();
            Writer.Dispose();
        }
        catch (Exception)
        {
            // A writer that couldn't commit stays open, and the lock with it.
            Writer.Rollback();
            throw;
        }
    }

    private static ISparseEncoder? EncoderOf(IServiceProvider services, SpladeIndexOptions options) => options.EncoderName is null
        ? services.GetService<ISparseEncoder>() : services.GetKeyedService<ISparseEncoder>(options.EncoderName);

    private static ImpactCache CacheOf(long? budget, string? folder)
    {
        if (budget is null && folder is null) return ImpactCache.Shared;
        var options = new ImpactCacheOptions { Folder = folder };
        return new ImpactCache(budget is { } bytes ? options with { BudgetInBytes = bytes } : options);
    }

    private static string FolderOf(IServiceProvider services, string folder) => Path.GetFullPath(
        folder, Path.GetFullPath(services.GetService<IHostEnvironment>()?.ContentRootPath ?? "."));

    private IndexWriterConfig ConfigOf(SpladeIndexOptions options)
    {
        Analyzer all = Fields.Aggregate(Words, (others, field) => field.CreateAnalyzer(others));
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, all)
        {
            Similarity = Hybrid.Words,
            MergedSegmentWarmer = new ImpactWarmer(Impacts, Names),
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
            foreach (SpladeFieldDefinition field in Fields) RequireModel(reader, field);
        }

        Searchers = new SearcherManager(Writer, applyAllDeletes: true, new SpladeSearcherFactory(searching, Names));
    }

    private static string? Reason(Exception problem, LuceneDirectory? directory) => problem switch
    {
        LockObtainFailedException => WrittenElsewhere(directory),
        FingerprintMismatchException or IOException or UnauthorizedAccessException => problem.Message,
        IndexRefusedException => null,
        InvalidOperationException when directory is not null => problem.Message,
        _ => null,
    };

    private string[] Names => [.. Fields.Select(splade => splade.Name)];

    private T Returned<T>(T? made, string setting)
        where T : class => made ?? throw Refusal(_name, $"{setting} returned null");

    private static IndexRefusedException Refusal(string name, string reason, Exception? problem = null) =>
        new($"The index '{name}' can't be opened: {reason.TrimEnd('.').ReplaceLineEndings(" ")}.", problem);
}

/// <summary>Says in one sentence why an index can't be opened or written to.</summary>
internal sealed class IndexRefusedException(string message, Exception? problem) : InvalidOperationException(message, problem);
