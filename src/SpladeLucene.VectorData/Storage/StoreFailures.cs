using Microsoft.Extensions.VectorData;
using SpladeLucene.Indexes;

namespace SpladeLucene.Storage;

/// <summary>What fails beneath a store, as stores say it.</summary>
internal static class StoreFailures
{
    /// <summary>Does Lucene's work off the caller's thread.</summary>
    public static Task<T> GuardAsync<T>(SpladeVectorStore store, string? collection, string operation, Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(() => Guard(store, collection, operation, work), cancellationToken);

    /// <exception cref="VectorStoreException">Index, disk or lock fail, or vectors are another model's.</exception>
    public static T Guard<T>(SpladeVectorStore store, string? collection, string operation, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (VectorStoreException missing) when (missing.OperationName is null)
        {
            throw Failure(store, collection, operation, missing.Message, missing.InnerException);
        }
        catch (Exception problem) when (problem is IndexRefusedException or FingerprintMismatchException)
        {
            throw Failure(store, collection, operation, problem.Message, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            string index = collection is null ? "The index" : $"The index of the collection '{collection}'";
            throw Failure(store, collection, operation, $"{index} failed: {problem.Message}", problem);
        }
        catch (ObjectDisposedException problem) when (problem.ObjectName != typeof(SpladeVectorStore).FullName)
        {
            throw Failure(store, collection, operation, $"The collection '{collection}' was deleted or closed meanwhile.", problem);
        }
    }

    public static VectorStoreException Failure(SpladeVectorStore store, string? collection, string operation, string message, Exception? problem) =>
        new(message, problem)
        {
            VectorStoreSystemName = SpladeVectorStore.SystemName,
            VectorStoreName = store.Metadata.VectorStoreName,
            CollectionName = collection,
            OperationName = operation,
        };
}
