using Lucene.Net.Util;

namespace Lucene.Net.Store;

// The files of one index. Written once, never changed; a file that was written is on the disk when Write returns.
public abstract class Directory : IDisposable
{
    private bool _closed;

    private protected Directory()
    {
    }

    public abstract string[] ListAll();

    public void Dispose() => Dispose(true);

    protected abstract void Dispose(bool disposing);

    internal abstract Stream OpenRead(string name);

    internal abstract void Write(string name, Action<Stream> write);

    // The file appears under its new name whole or not at all.
    internal abstract void Rename(string from, string to);

    internal abstract void Delete(string name);

    // Null where somebody else has the write lock.
    internal abstract IDisposable? TryLock();

    internal void Close() => _closed = true;

    internal void EnsureOpen()
    {
        if (_closed)
        {
            throw Refusals.AlreadyClosed(this);
        }
    }
}

public abstract class BaseDirectory : Directory
{
    private protected BaseDirectory()
    {
    }
}
