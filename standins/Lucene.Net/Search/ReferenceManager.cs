using Lucene.Net.Util;

namespace Lucene.Net.Search;

// Shares one thing among threads and replaces it by a newer one. Who acquires a reference releases it.
public abstract class ReferenceManager<G> : IDisposable
    where G : class
{
    private readonly object _refreshing = new();
    private readonly object _swapping = new();
    private volatile G? _current;

    private protected ReferenceManager()
    {
    }

    private protected G? Current
    {
        get => _current;
        set => _current = value;
    }

    public G Acquire()
    {
        while (true)
        {
            G reference = _current ?? throw Refusals.AlreadyClosed(this);
            if (TryIncRef(reference))
            {
                return reference;
            }
        }
    }

    public void Release(G reference) => DecRef(reference);

    // False where another thread is at it already.
    public bool MaybeRefresh()
    {
        EnsureOpen();
        if (!Monitor.TryEnter(_refreshing))
        {
            return false;
        }
        try
        {
            Refresh();
        }
        finally
        {
            Monitor.Exit(_refreshing);
        }
        return true;
    }

    public void MaybeRefreshBlocking()
    {
        EnsureOpen();
        lock (_refreshing)
        {
            Refresh();
        }
    }

    public void Dispose()
    {
        if (Exchange(null) is { } last)
        {
            Release(last);
        }
    }

    protected abstract void DecRef(G reference);

    protected abstract bool TryIncRef(G reference);

    protected abstract G RefreshIfNeeded(G referenceToRefresh);

    private void Refresh()
    {
        G reference = Acquire();
        try
        {
            if (RefreshIfNeeded(reference) is { } newer)
            {
                Swap(newer);
            }
        }
        finally
        {
            Release(reference);
        }
    }

    // Disposed meanwhile, the newer one is of no use.
    private void Swap(G newer)
    {
        lock (_swapping)
        {
            if (_current is null)
            {
                Release(newer);
                throw Refusals.AlreadyClosed(this);
            }
            Release(Exchange(newer)!);
        }
    }

    private G? Exchange(G? next)
    {
        lock (_swapping)
        {
            G? previous = _current;
            _current = next;
            return previous;
        }
    }

    private void EnsureOpen() => _ = _current ?? throw Refusals.AlreadyClosed(this);
}
