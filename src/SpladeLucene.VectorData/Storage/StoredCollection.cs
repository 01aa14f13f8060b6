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

    public string Name => name;

    public bool Exists()
    {
        lock (_lock) return _index is not null || places.Exists(name);
    }

    /// <summary>The open index.</summary>
    /// <param name="fields">Its SPLADE fields, as far as the caller knows them.</param>
    /// <param name="create">Whether to begin one where there is none.</param>
    /// <exception cref="VectorStoreException">There is none.</exception>
    /// <exception cref="IndexRefusedException">It can't be opened, or a field is another model's.</exception>
    public OpenIndex Open(IReadOnlyList<SpladeFieldDefinition> fields, bool create = false)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SpladeVectorStore));
            _index ??= Begin(fields, create);
            foreach (SpladeFieldDefinition field in fields) RequireKnown(_index, field);
            return _index;
        }
    }

    /// <summary>Deletes it; what wasn't committed isn't first.</summary>
    public void Delete()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SpladeVectorStore));
            Taken()?.Discard();
            places.Delete(name);
            DeleteImpacts();
        }
    }

    /// <summary>Commits what was written by now, for all who wrote it.</summary>
    public void Commit()
    {
        OpenIndex? index;
        lock (_lock) index = _index;
        try
        {
            index?.Commit();
        }
        catch (ObjectDisposedException) when (WasDeleted(index))
        {
            // There is nothing left to commit.
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Taken()?.Dispose();
        }
    }

    private OpenIndex Begin(IReadOnlyList<SpladeFieldDefinition> fields, bool create)
    {
        bool isNew = !places.Exists(name);
        if (isNew && !create) throw new VectorStoreException($"There is no collection '{name}': call EnsureCollectionExistsAsync() first.");
        if (isNew) places.RequireUnlike(name);
        try
        {
            OpenIndex index = OpenIndex.Open(name, settings.Index, fields, () => places.Open(name), settings.ImpactsOf(name));
            if (isNew) CommitFirst(index);
            return index;
        }
        catch (Exception) when (isNew)
        {
            places.Forget(name);
            throw;
        }
    }

    private void DeleteImpacts()
    {
        try
        {
            if (settings.ImpactsOf(name) is { } folder && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Windows keeps what is mapped; the files are made anew where they don't fit.
        }
    }

    private static void CommitFirst(OpenIndex index)
    {
        try
        {
            index.Writer.Commit();
        }
        catch (Exception)
        {
            index.Discard();
            throw;
        }
    }

    private void RequireKnown(OpenIndex index, SpladeFieldDefinition field)
    {
        if (!_known.TryGetValue(field.Name, out SpladeFieldDefinition? known))
        {
            RequireModel(index, field);
            _known.Add(field.Name, field);
        }
        else if (!known.Encoder.Fingerprint.Matches(field.Encoder.Fingerprint))
        {
            throw new IndexRefusedException($"The vectors '{field.Name}' of the collection '{name}' are made by the model "
                + $"{known.Encoder.Fingerprint}, and this one is {field.Encoder.Fingerprint}.", problem: null);
        }
    }

    private void RequireModel(OpenIndex index, SpladeFieldDefinition field)
    {
        try
        {
            index.Guard.Flush(() =>
            {
                using DirectoryReader reader = index.Writer.GetReader(applyAllDeletes: true);
                OpenIndex.RequireModel(reader, field);
            });
        }
        catch (InvalidOperationException problem) when (problem is not (ObjectDisposedException or IndexRefusedException))
        {
            throw new IndexRefusedException($"The vectors '{field.Name}' of the collection '{name}' can't be used: {problem.Message}", problem);
        }
    }

    private bool WasDeleted(OpenIndex? index)
    {
        lock (_lock) return !_disposed && _index != index;
    }

    /// <summary>What is open, no longer this collection's.</summary>
    private OpenIndex? Taken()
    {
        OpenIndex? index = _index;
        _index = null;
        _known.Clear();
        return index;
    }
}
