using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using SpladeLucene.Encoding;
using SpladeLucene.Indexes;
using SpladeLucene.Model;
using SpladeLucene.Storage;
using SpladeLucene.Telemetry;

namespace SpladeLucene;

/// <summary>
/// A collection of records in a Lucene index. Properties of texts that are vectors are encoded by the store's model when they are
/// written, others are fields: what is indexed is filtered and sorted by, what is indexed as full text is searched for words.
/// Thread-safe, and cheap to make: all collections of a store with the same name share one index.
/// </summary>
/// <typeparam name="TKey">The type of the keys: string, Guid, int or long.</typeparam>
/// <typeparam name="TRecord">The type of the records, with a constructor without parameters.</typeparam>
public sealed partial class SpladeCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>, IKeywordHybridSearchable<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly SpladeVectorStore _store;
    private readonly StoredCollection _stored;
    private readonly RecordFields _records;
    private readonly VectorSource[] _vectors;
    private readonly SpladeFieldDefinition[] _fields;
    private readonly VectorStoreCollectionMetadata _metadata;

    /// <summary>Makes a collection; nothing is opened yet.</summary>
    /// <param name="store">Where it is; the caller's to dispose.</param>
    /// <param name="name">1 to 100 letters, digits, '-', '_' and '.', the last of which neither begins nor ends it.</param>
    /// <param name="options">Its properties and the generator of its vectors; null for the record's attributes and the store's.
    /// </param>
    /// <exception cref="ArgumentException">The name can't be a collection's; those of Windows' devices, such as <c>CON</c>, can't.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The store is disposed of.</exception>
    /// <exception cref="NotSupportedException">A property can't be held; the message names it.</exception>
    /// <exception cref="InvalidOperationException">Attributes, definition and type contradict each other.</exception>
    [RequiresDynamicCode("Records are read by reflection; GetDynamicCollection() doesn't need it.")]
    [RequiresUnreferencedCode("Records are read by reflection; GetDynamicCollection() doesn't need it.")]
    public SpladeCollection(SpladeVectorStore store, string name, SpladeCollectionOptions? options = null)
        : this(NotNull(store), name, ModelOf(store, options))
    {
    }

    private SpladeCollection(SpladeVectorStore store, string name, CollectionModel model)
    {
        (_store, Name, _stored, _records) = (store, name, store.Collection(name), new RecordFields(model));
        _vectors = [.. model.VectorProperties.Select(property => new VectorSource(property, store.Encoder, store.Settings.Format))];
        _fields = [.. _vectors.Select(vector => vector.Definition)];
        _metadata = new VectorStoreCollectionMetadata
        {
            VectorStoreSystemName = SpladeVectorStore.SystemName,
            VectorStoreName = store.Metadata.VectorStoreName,
            CollectionName = name,
        };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    private CollectionModel Model => _records.Model;

    internal static SpladeCollection<TKey, TRecord> Dynamic(SpladeVectorStore store, string name, VectorStoreCollectionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new(store, name, new RecordModelBuilder().BuildDynamic(definition, definition.EmbeddingGenerator ?? store.Generator));
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        _store.CollectionExistsAsync(Name, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="VectorStoreException">It can't be opened: another process writes it, its vectors are another model's, or another
    /// collection's name differs in case alone.</exception>
    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) =>
        GuardAsync("CreateCollection", () => _stored.Open(_fields, create: true), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="VectorStoreException">Another process or store writes it, and nothing is deleted; or its files can't be.</exception>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        _store.EnsureCollectionDeletedAsync(Name, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="SparseEncodingException">A text can't be encoded; nothing was written.</exception>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    /// <summary>
    /// Writes records in the place of those with the same keys, or beside them; of two with one key the last stays. Every vector
    /// is made before the first record is written. They are visible when the task ends.
    /// </summary>
    /// <param name="records">The records; a Guid key that is to be made and isn't set is.</param>
    /// <param name="cancellationToken">Ends the work before the first record is written.</param>
    /// <exception cref="ArgumentException">A record is null or has no key, or a value can't be indexed.</exception>
    /// <exception cref="SparseEncodingException">A text can't be encoded: the message has its property and its record's key, the index is
    /// the record's place. Nothing was written.</exception>
    /// <exception cref="VectorStoreException">The collection isn't there, or its index fails.</exception>
    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        object[] all = [.. records.Select(record => record ?? throw new ArgumentException("A record is null.", nameof(records)))];
        if (all.Length == 0) return;
        await GuardAsync("Upsert", () => _stored.Open(_fields), cancellationToken).ConfigureAwait(false);
        object[] keys = [.. all.Select(KeyOf)];
        Document[] documents = [.. all.Select((record, i) => _records.ToDocument(record, keys[i]))];
        var found = new bool[all.Length];
        foreach (VectorSource vectors in _vectors)
        {
            SparseVector?[] made = await vectors.OfAsync(all, keys, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < made.Length; i++)
            {
                vectors.AddTo(documents[i], made[i], all[i]);
                found[i] |= made[i] is { Count: > 0 };
            }
        }

        await WriteAsync("Upsert", writer =>
        {
            for (int i = 0; i < documents.Length; i++) writer.UpdateDocument(_records.KeyTerm(keys[i]), documents[i]);
        }, cancellationToken).ConfigureAwait(false);
        IndexMetrics.Written(Name, all.Length, failed: 0, _vectors.Length == 0 ? 0 : found.Count(has => !has));
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteAsync([key], cancellationToken);
    }

    /// <summary>Deletes the records with these keys; one that isn't there is none.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Ends the work before the first record is deleted.</param>
    /// <exception cref="VectorStoreException">The collection isn't there, or its index fails.</exception>
    public override async Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Term[] terms = [.. keys.Select(key => _records.KeyTerm(key))];
        if (terms.Length > 0) await WriteAsync("Delete", writer => writer.DeleteDocuments(terms), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>Known: the collection itself, <see cref="VectorStoreCollectionMetadata"/>, its <see cref="SpladeVectorStore"/>, and, where
    /// the collection exists, Lucene's <see cref="IndexWriter"/>, <see cref="SearcherManager"/> and directory, which are the store's to
    /// dispose; to ask for one of these opens it.</remarks>
    /// <exception cref="VectorStoreException">One of Lucene's objects is asked for, and the collection can't be opened.</exception>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        object[] known = [this, _metadata, _store];
        if (Array.Find(known, serviceType.IsInstanceOfType) is { } found) return found;
        if (serviceType.Assembly != typeof(IndexWriter).Assembly || !_stored.Exists()) return null;
        OpenIndex open = Guard("GetService", () => _stored.Open(_fields));
        return Array.Find<object>([open.Writer, open.Searchers, open.Directory], serviceType.IsInstanceOfType);
    }

    /// <summary>Opens the collection where it is there.</summary>
    internal void Check()
    {
        if (_stored.Exists()) Guard("Open", () => _stored.Open(_fields));
    }

    private static SpladeVectorStore NotNull(SpladeVectorStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store;
    }

    [RequiresDynamicCode("Records are read by reflection.")]
    [RequiresUnreferencedCode("Records are read by reflection.")]
    private static CollectionModel ModelOf(SpladeVectorStore store, SpladeCollectionOptions? options) =>
        typeof(TRecord) == typeof(Dictionary<string, object?>)
            ? throw new NotSupportedException(VectorDataStrings.GetCollectionWithDictionaryNotSupported)
            : new RecordModelBuilder().Build(typeof(TRecord), typeof(TKey), options?.Definition,
                options?.Definition?.EmbeddingGenerator ?? options?.EmbeddingGenerator ?? store.Generator);

    private object KeyOf(object record)
    {
        KeyPropertyModel property = Model.KeyProperty;
        object? key = property.GetValueAsObject(record);
        if (property.IsAutoGenerated && (key is null || key.Equals(Guid.Empty))) property.SetValueAsObject(record, key = Guid.NewGuid());
        return key ?? throw new ArgumentException($"A record has no key: its property '{property.ModelName}' is null.", nameof(record));
    }

    private Task<bool> WriteAsync(string operation, Action<IndexWriter> write, CancellationToken cancellationToken) => GuardAsync(operation, () =>
    {
        OpenIndex open = _stored.Open(_fields);
        open.Guard.Write(() => write(open.Writer));
        open.Refresh();
        if (_store.Settings.CommitOnWrite) _stored.Commit();
        return true;
    }, cancellationToken);

    private Task<T> GuardAsync<T>(string operation, Func<T> work, CancellationToken cancellationToken) =>
        StoreFailures.GuardAsync(_store, Name, operation, work, cancellationToken);

    private T Guard<T>(string operation, Func<T> work) => StoreFailures.Guard(_store, Name, operation, work);
}
