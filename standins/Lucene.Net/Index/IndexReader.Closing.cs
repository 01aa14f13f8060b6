using Lucene.Net.Util;

namespace Lucene.Net.Index;

public interface IReaderDisposedListener
{
    void OnDispose(IndexReader reader);
}

public abstract partial class IndexReader
{
    public bool TryIncRef()
    {
        int count;
        while ((count = RefCount) > 0)
        {
            if (Interlocked.CompareExchange(ref _refCount, count + 1, count) == count)
            {
                return true;
            }
        }
        return false;
    }

    public void IncRef()
    {
        if (!TryIncRef())
        {
            throw Refusals.AlreadyClosed(this);
        }
    }

    public void DecRef()
    {
        if (RefCount <= 0)
        {
            throw Refusals.AlreadyClosed(this);
        }
        if (Interlocked.Decrement(ref _refCount) == 0)
        {
            Close();
        }
    }

    public void Dispose() => Dispose(true);

    public void AddReaderDisposedListener(IReaderDisposedListener listener)
    {
        EnsureOpen();
        lock (_closing)
        {
            _listeners.Add(listener);
        }
    }

    public void RemoveReaderDisposedListener(IReaderDisposedListener listener)
    {
        EnsureOpen();
        lock (_closing)
        {
            _listeners.Remove(listener);
        }
    }

    // Gives up the reference that whoever opened the reader has; a second time does nothing.
    protected virtual void Dispose(bool disposing)
    {
        lock (_closing)
        {
            if (!disposing || _disposed)
            {
                return;
            }
            _disposed = true;
        }
        if (RefCount > 0)
        {
            DecRef();
        }
    }

    protected internal abstract void DoClose();

    internal void EnsureOpen()
    {
        if (RefCount <= 0 || _closedByChild)
        {
            throw Refusals.AlreadyClosed(this);
        }
    }

    // A reader over this one can't be used any more once this one is closed.
    internal void RegisterParent(IndexReader parent)
    {
        EnsureOpen();
        lock (_closing)
        {
            _parents.RemoveAll(reference => !reference.TryGetTarget(out _));
            _parents.Add(new WeakReference<IndexReader>(parent));
        }
    }

    private void Close()
    {
        try
        {
            DoClose();
        }
        finally
        {
            CloseParents();
            NotifyListeners();
        }
    }

    private void CloseParents()
    {
        lock (_closing)
        {
            foreach (WeakReference<IndexReader> reference in _parents)
            {
                if (reference.TryGetTarget(out IndexReader? parent))
                {
                    parent._closedByChild = true;
                    parent.CloseParents();
                }
            }
        }
    }

    private void NotifyListeners()
    {
        IReaderDisposedListener[] listeners;
        lock (_closing)
        {
            listeners = [.. _listeners];
        }
        Array.ForEach(listeners, listener => listener.OnDispose(this));
    }
}
