using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;
using SpladeLucene.Encoding;
using SpladeLucene.Storage;

namespace SpladeLucene;

/// <summary>
/// A vector store of Microsoft.Extensions.VectorData over Lucene.NET: each collection is an index, in a folder of its own or in
/// memory, with one writer and searchers that are kept open until the store is disposed of. Texts go in and are found by
/// meaning, by words or by both. What is written is visible to whoever reads after it. Thread-safe. One process at a time
/// writes a folder.
/// </summary>
/// <example><code>
/// using var store = new SpladeVectorStore(encoder, new SpladeVectorStoreOptions { Directory = "data" });
/// var articles = store.GetCollection&lt;string, Article&gt;("articles");
/// await articles.EnsureCollectionExistsAsync();
/// </code></example>
public sealed class SpladeVectorStore : VectorStore
{
    /// <summary>What stores and exceptions say as <c>VectorStoreSystemName</c>.</summary>
    public const string SystemName = "lucene.net";

    private readonly object _lock = new();
    private readonly Dictionary<string, StoredCollection> _collections = new(StringComparer.Ordinal);
    private readonly CollectionPlaces _places;
    private bool _disposed;

    /// <summary>Makes a store; nothing is opened yet.</summary>
    /// <param name="encoder">The model of every vector property that names no generator; the caller's to dispose.</param>
    /// <param name="options">Where collections are; it names no encoder and no generator, as this one is given.</param>
    /// <exception cref="ArgumentException">The options are refused; the message says which.</exception>
    public SpladeVectorStore(ISparseEncoder encoder, SpladeVectorStoreOptions options)
        : this(new SparseEmbeddingGenerator(encoder), WithoutModel(options), basePath: ".")
    {
    }

    /// <summary>Makes a store; nothing is opened yet.</summary>
    /// <param name="generator">Makes the vectors of every property that names no other: one of an encoder with a cache or telemetry
    /// around it, for instance. The caller's to dispose.</param>
    /// <param name="options">As above.</param>
    /// <exception cref="ArgumentException">The options are refused; the message says which.</exception>
    /// <exception cref="InvalidOperationException">The generator doesn't say which model it has.</exception>
    public SpladeVectorStore(IEmbeddingGenerator<string, SparseEmbedding> generator, SpladeVectorStoreOptions options)
        : this(generator, WithoutModel(options), basePath: ".")
    {
    }

    internal SpladeVectorStore(
        IEmbeddingGenerator<string, SparseEmbedding> generator, SpladeVectorStoreOptions options, string basePath, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (options.Problem() is { } problem) throw new ArgumentException(problem, nameof(options));
        (Generator, Encoder) = (generator, GeneratorEncoder.Of(generator));
        Settings = new StoreSettings(options, basePath, logger);
        _places = options.InMemory ? new MemoryPlaces() : new FolderPlaces(Path.GetFullPath(options.Directory!, Path.GetFullPath(basePath)));
        Metadata = new VectorStoreMetadata { VectorStoreSystemName = SystemName, VectorStoreName = _places.Name };
    }

    internal ISparseEncoder Encoder { get; }

    internal IEmbeddingGenerator<string, SparseEmbedding> Generator { get; }

    internal StoreSettings Settings { get; }

    internal VectorStoreMetadata Metadata { get; }

    internal int KnownCollections => Known().Length;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The record has a property that an index can't hold; the message names it.</exception>
    /// <exception cref="InvalidOperationException">Attributes, definition and type contradict each other.</exception>
    [RequiresDynamicCode("Records are read by reflection; GetDynamicCollection() doesn't need it.")]
    [RequiresUnreferencedCode("Records are read by reflection; GetDynamicCollection() doesn't need it.")]
    public override SpladeCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null) =>
        new(this, name, definition is null ? null : new SpladeCollectionOptions { Definition = definition });

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">As for <see cref="GetCollection"/>.</exception>
    public override SpladeCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        SpladeCollection<object, Dictionary<string, object?>>.Dynamic(this, name, definition);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Known();
        string[] names = await StoreFailures.GuardAsync(this, null, "ListCollectionNames", () => _places.Names().ToArray(), cancellationToken).ConfigureAwait(false);
        foreach (string name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        CollectionPlaces.RequireName(name);
        return StoreFailures.GuardAsync(this, name, "CollectionExists",
            () => Known().FirstOrDefault(known => known.Name == name)?.Exists() ?? _places.Exists(name), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="VectorStoreException">Another process or store writes it, and nothing is deleted; or its files can't be.</exception>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default) =>
        StoreFailures.GuardAsync(this, name, "DeleteCollection", () =>
        {
            Collection(name).Delete();
            return true;
        }, cancellationToken);

    /// <summary>Commits what was written by now to any collection: it survives whatever happens to the process.</summary>
    /// <param name="cancellationToken">Ends the work between two collections.</param>
    /// <exception cref="VectorStoreException">A commit failed; it names the first such collection, and the others are committed.
    /// </exception>
    public Task CommitAsync(CancellationToken cancellationToken = default)
    {
        StoredCollection[] collections = Known();
        return Task.Run(() => Attempts.All(collections.Select(collection => (Action)(() => Commit(collection, cancellationToken)))), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Known: the store itself, <see cref="VectorStoreMetadata"/>, and <see cref="ISparseEncoder"/>.</remarks>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        object[] known = [this, Metadata, Encoder];
        return Array.Find(known, serviceType.IsInstanceOfType);
    }

    internal StoredCollection Collection(string name)
    {
        CollectionPlaces.RequireName(name);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_collections.TryGetValue(name, out StoredCollection? known))
                _collections.Add(name, known = new StoredCollection(name, _places, Settings));
            return known;
        }
    }

    /// <summary>Commits and closes every collection, also where one fails; what wasn't committed of that is lost, and its exception
    /// is thrown in the end.</summary>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) Attempts.All(Ended().Select(collection => (Action)collection.Dispose));
    }

    private static SpladeVectorStoreOptions WithoutModel(SpladeVectorStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string? twice = options.EncoderName is not null ? nameof(options.EncoderName)
            : options.EmbeddingGenerator is not null ? nameof(options.EmbeddingGenerator) : null;
        return twice is null ? options
            : throw new ArgumentException($"{twice} is set for stores that AddSpladeVectorStore registers, and here the model is given.", nameof(options));
    }

    /// <exception cref="ObjectDisposedException">The store is disposed of.</exception>
    private StoredCollection[] Known()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return [.. _collections.Values];
        }
    }

    /// <summary>What is to be closed, once.</summary>
    private StoredCollection[] Ended()
    {
        lock (_lock)
        {
            StoredCollection[] open = _disposed ? [] : [.. _collections.Values];
            _disposed = true;
            return open;
        }
    }

    private void Commit(StoredCollection collection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreFailures.Guard(this, collection.Name, "Commit", () =>
        {
            collection.Commit();
            return true;
        });
    }
}
