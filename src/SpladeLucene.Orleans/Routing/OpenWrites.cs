using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <summary>Numbers the writes of this client to a shard, and knows which it still waits for. Thread-safe.</summary>
internal sealed class OpenWrites
{
    private readonly Guid _client = Guid.NewGuid();
    private readonly SortedSet<long> _open = [];
    private long _last;

    public long Begin()
    {
        lock (_open)
        {
            _open.Add(++_last);
            return _last;
        }
    }

    /// <summary>What goes with a message of an open write.</summary>
    public WriteNumber Of(long number)
    {
        lock (_open) return new WriteNumber(_client, number, _open.Min);
    }

    /// <summary>Has a message of it that comes later refused.</summary>
    public void End(long number)
    {
        lock (_open) _open.Remove(number);
    }
}
