using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <summary>Numbers the writes of this client to a shard, and knows which it still waits for. Thread-safe.</summary>
internal sealed class OpenWrites
{
    private readonly Guid _client = Guid.NewGuid();
    private readonly SortedSet<long> _open = [];
    private long _last;
    private Guid _leader;

    public long Begin()
    {
        lock (_open)
        {
            _open.Add(++_last);
            return _last;
        }
    }

    /// <summary>Sends a write to the leader that is known, and again to the one that says that it is.</summary>
    /// <exception cref="OperationCanceledException">It has been given up meanwhile.</exception>
    public async Task SendAsync(long number, Func<WriteNumber, Task<Guid?>> send)
    {
        while (await send(Of(number)).ConfigureAwait(false) is { } leader)
        {
            lock (_open) _leader = leader;
        }
    }

    /// <summary>Has a message of it that comes later refused.</summary>
    public void End(long number)
    {
        lock (_open) _open.Remove(number);
    }

    private WriteNumber Of(long number)
    {
        lock (_open)
        {
            return _open.Contains(number)
                ? new WriteNumber(_client, number, _open.Min, _leader)
                : throw new OperationCanceledException("The write was given up.");
        }
    }
}
