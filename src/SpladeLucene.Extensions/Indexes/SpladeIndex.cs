using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpladeLucene.Hosting;
using SpladeLucene.Telemetry;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Indexes;

/// <summary>An open index, written and kept fresh; <c>SpladeIndex.Searching.cs</c> searches it.</summary>
internal sealed partial class SpladeIndex : ISpladeIndex, IDisposable
{
    private readonly OpenIndex _open;
    private readonly JsonDocuments _json;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, Exception> _upkeepFailures = new(StringComparer.Ordinal);
    private int _disposed;

    private SpladeIndex(string name, SpladeIndexOptions options, OpenIndex open, ILogger logger)
    {
        (Name, Options, _open, _logger) = (name, options.Copy(), open, logger);
        _json = new JsonDocuments(options.KeyField, options.Keywords);
        Log.IndexOpened(logger, name, open.Directory, open.Writer.NumDocs);
    }

    public string Name { get; }

    public SpladeIndexOptions Options { get; }

    /// <summary>Whether searches go on with words alone where the encoder fails, however that was set.</summary>
    public bool WordsAloneOnFailure => Options.WordsAloneOnFailure || _open.Hybrid.WordsAloneOnFailure;

    public SpladeFieldDefinition Definition => _open.Fields[0];

    public string KeyField => Options.KeyField;

    public IndexWriter Writer => _open.Writer;

    public SearcherManager Searchers => _open.Searchers;

    public Directory Directory => _open.Directory;

    public FlushGuard Guard => _open.Guard;

    /// <summary>Why the last refresh or the last commit failed; null where neither did.</summary>
    public Exception? UpkeepFailure => _upkeepFailures.Values.FirstOrDefault();

    public static SpladeIndex Open(IServiceProvider services, string name, SpladeIndexOptions options) => new(
        name, options, OpenIndex.Open(services, name, options),
        services.GetService<ILoggerFactory>()?.CreateLogger(Log.Category) ?? NullLogger.Instance);

    public Task<SpladeWriteResult> AddAsync(IEnumerable<Document> documents, CancellationToken cancellationToken = default) =>
        WriteAsync(documents, key: null, cancellationToken);

    public Task<SpladeWriteResult> UpdateAsync(IEnumerable<Document> documents, CancellationToken cancellationToken = default) =>
        WriteAsync(documents, KeyOf, cancellationToken);

    public Task<SpladeWriteResult> UpdateAsync(IEnumerable<JsonElement> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return UpdateAsync(documents.Select(_json.ToDocument), cancellationToken);
    }

    public Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Term[] terms = [.. keys.Select(key => new Term(KeyField, key))];
        return Task.Run(() => Guard.Write(() => Writer.DeleteDocuments(terms)), cancellationToken);
    }

    public Task RefreshAsync(CancellationToken cancellationToken = default) =>
        Task.Run(Refresh, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken = default) => Task.Run(Commit, cancellationToken);

    public T Read<T>(Func<SpladeSearcher, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        IndexSearcher searcher = Searchers.Acquire();
        try
        {
            return read((SpladeSearcher)searcher);
        }
        finally
        {
            Searchers.Release(searcher);
        }
    }

    public async Task<T> ReadAsync<T>(Func<SpladeSearcher, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        IndexSearcher searcher = Searchers.Acquire();
        try
        {
            return await read((SpladeSearcher)searcher, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Searchers.Release(searcher);
        }
    }

    /// <summary>Refreshes or commits on behalf of nobody: what fails is logged, remembered and tried again later.</summary>
    public void Keep(string what, Action action)
    {
        try
        {
            action();
            _upkeepFailures.TryRemove(what, out _);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            _upkeepFailures[what] = problem;
            Log.UpkeepFailed(_logger, Name, what, problem);
        }
    }

    public void Refresh() => _open.Refresh();

    public void Commit()
    {
        if (_open.Commit()) Log.Committed(_logger, Name);
    }

    public void Dispose()
    {
        // A container that knows it by its key and without one disposes of it twice.
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _open.Dispose();
        Log.IndexClosed(_logger, Name);
    }

    private async Task<SpladeWriteResult> WriteAsync(
        IEnumerable<Document> documents, Func<Document, Term>? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var batches = new DocumentBatches(this, _logger);
        var written = new SpladeWriteResult();
        foreach (Document[] batch in documents.Chunk(Options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SpladeDocument[] prepared = [.. batch.Select(document => Prepare(document, key?.Invoke(document)))];
            SpladeWriteResult before = written;
            written = await batches.WriteAsync(prepared, before, cancellationToken).ConfigureAwait(false);
            IndexMetrics.Written(Name, before, written);
        }

        return written;
    }

    private SpladeDocument Prepare(Document document, Term? key) => document.GetField(Definition.Name) is null
        ? Definition.ToIndex(document, key)
        : throw new ArgumentException($"A document of the index '{Name}' has a field '{Definition.Name}', which the index makes itself: "
            + $"name it otherwise, or set {nameof(SpladeIndexOptions.Field)}.", nameof(document));

    private Term KeyOf(Document document)
    {
        IIndexableField[] keys = document.GetFields(KeyField);
        if (keys is [{ IndexableFieldType: { IsIndexed: true, IsTokenized: false } } only] && ValueOf(only) is { } value)
            return new Term(KeyField, value);
        throw new ArgumentException(
            $"A document of the index '{Name}' has exactly one '{KeyField}', indexed as a whole, as a StringField is: "
            + $"this one has {(keys.Length == 1 ? "one that isn't" : keys.Length.ToString(CultureInfo.InvariantCulture))}.",
            nameof(document));
    }

    private static string? ValueOf(IIndexableField field) => field.GetStringValue(CultureInfo.InvariantCulture);
}
