using Lucene.Net.Index;
using Microsoft.Extensions.VectorData;
using SpladeLucene.Indexes;

namespace SpladeLucene.Storage;

/// <summary>The index of one collection, opened when it is first needed and shared by all who know its name.</summary>
internal sealed class StoredCollection(string name, CollectionPlaces places, StoreSettings settings) : IDisposable
{
    private readonly object _lock = new();
    private readonly Dictionary<string, SpladeFieldDefinition> _known = new(StringComparer.Ordinal);
    private OpenIndex? _index;
    private bool _disposed;

    public bool Exists()
    {
        lock (_lock) return _index is not null || places.Exists(name);
    }

    /// <summary>The open index.</summary>
    /// <param name="fields">Its SPLADE fields, as far as the caller knows them.</param>
    /// <param name="create">Whether to begin one where there is none.</param>
    /// <exception cref="VectorStoreException">There is none.</exception>
    /// <exception cref="InvalidOperationException">It can't be opened, or a field is another model's.</exception>
    public OpenIndex Open(IReadOnlyList<SpladeFieldDefinition> fields, bool create = false)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SpladeVectorStore));
            if (_index is null) Begin(fields, create);
            foreach (SpladeFieldDefinition field in fields) RequireKnown(field);
            return _index!;
        }
    }

    public void Delete()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SpladeVectorStore));
            Close();
            places.Delete(name);
        }
    }

    /// <summary>Commits what was written by now, for all who wrote it.</summary>
    public void Commit()
    {
        OpenIndex? index;
        lock (_lock) index = _index;
        if (index?.Writer.HasUncommittedChanges() == true) index.Writer.Commit();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Close();
        }
    }

    private void Begin(IReadOnlyList<SpladeFieldDefinition> fields, bool create)
    {
        bool isNew = !places.Exists(name);
        if (isNew && !create) throw new VectorStoreException($"There is no collection '{name}': call EnsureCollectionExistsAsync() first.");
        _index = OpenIndex.Open(name, settings.ToIndexOptions(), fields, () => places.Open(name));
        if (isNew) _index.Writer.Commit();
    }

    private void RequireKnown(SpladeFieldDefinition field)
    {
        if (_known.TryGetValue(field.Name, out SpladeFieldDefinition? known))
        {
            if (!known.Encoder.Fingerprint.Matches(field.Encoder.Fingerprint))
            {
                throw new InvalidOperationException($"The vectors '{field.Name}' of the collection '{name}' are made by the model "
                    + $"{known.Encoder.Fingerprint}, and this one is {field.Encoder.Fingerprint}.");
            }

            return;
        }

        using (DirectoryReader reader = _index!.Writer.GetReader(applyAllDeletes: true)) OpenIndex.RequireModel(reader, field);
        _known.Add(field.Name, field);
    }

    private void Close()
    {
        _index?.Dispose();
        _index = null;
        _known.Clear();
    }
}
