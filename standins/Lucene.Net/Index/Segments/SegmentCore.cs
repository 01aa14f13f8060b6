using Lucene.Net.Util;

namespace Lucene.Net.Index;

// What all readers of a segment share, counted by the readers and the writer that hold it. The last one to let go
// tells the listeners.
internal sealed class SegmentCore(Segment segment)
{
    private readonly List<SegmentReader.ICoreDisposedListener> _listeners = [];
    private int _refCount = 1;

    internal Segment Segment => segment;

    internal void IncRef()
    {
        lock (_listeners)
        {
            if (_refCount == 0)
            {
                throw Refusals.AlreadyClosed(this);
            }
            _refCount++;
        }
    }

    internal void DecRef()
    {
        SegmentReader.ICoreDisposedListener[] listeners;
        lock (_listeners)
        {
            if (--_refCount > 0)
            {
                return;
            }
            listeners = [.. _listeners];
        }
        Array.ForEach(listeners, listener => listener.OnDispose(this));
    }

    internal void AddListener(SegmentReader.ICoreDisposedListener listener)
    {
        lock (_listeners)
        {
            _listeners.Add(listener);
        }
    }

    internal void RemoveListener(SegmentReader.ICoreDisposedListener listener)
    {
        lock (_listeners)
        {
            _listeners.Remove(listener);
        }
    }
}
