namespace SpladeLucene.Indexes;

/// <summary>
/// Remembers that an index lost documents. Where a flush fails, Lucene 4.8 drops the documents since the flush before, though not what
/// they deleted, and goes on as if nothing were missing: a later commit would make that last. Thread-safe.
/// </summary>
/// <param name="name">What the index is called in sentences.</param>
internal sealed class FlushGuard(string name)
{
    private readonly object _flushing = new();
    private volatile Exception? _failure;

    /// <summary>Refreshes or commits; one doesn't begin before it is known what became of the other.</summary>
    public void Flush(Action flush)
    {
        lock (_flushing) Write(flush);
    }

    /// <summary>Writes, which may flush too.</summary>
    public void Write(Action write)
    {
        ThrowIfMayMiss();
        try
        {
            write();
        }
        catch (Exception problem) when (Loses(problem))
        {
            _failure ??= problem;
            throw;
        }
    }

    /// <inheritdoc cref="Write"/>
    public async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        ThrowIfMayMiss();
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (Exception problem) when (Loses(problem))
        {
            _failure ??= problem;
            throw;
        }
    }

    /// <exception cref="IndexRefusedException">Something may be missing.</exception>
    public void ThrowIfMayMiss()
    {
        if (_failure is not { } failure) return;
        throw new IndexRefusedException($"The index '{name}' couldn't be written to, and may lack what was written since its last commit: open it "
            + $"anew, which a restart does, and write that again ({failure.Message.TrimEnd('.')}).", failure);
    }

    // What an encoder threw, as SpladeIndexer marks it, came before anything was written.
    private static bool Loses(Exception problem) =>
        (problem is IOException or UnauthorizedAccessException or OutOfMemoryException) && !problem.Data.Contains("SpladeLucene.Encoding");
}
