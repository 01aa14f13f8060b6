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
    /// <param name="number">The write.</param>
    /// <param name="end">Until when it is waited for.</param>
    /// <param name="send">Sends it.</param>
    /// <exception cref="OperationCanceledException">It has been given up meanwhile.</exception>
    public async Task SendAsync(long number, DateTime end, Func<WriteNumber, Task<Guid?>> send)
    {
        while (await send(Of(number, end)).ConfigureAwait(false) is { } leader)
        {
            lock (_open) _leader = leader;
        }
    }

    /// <summary>Has a message of it that comes later refused.</summary>
    public void End(long number)
    {
        lock (_open) _open.Remove(number);
    }

    private WriteNumber Of(long number, DateTime end)
    {
        TimeSpan left = end - DateTime.UtcNow;
        lock (_open)
        {
            return _open.Contains(number)
                ? new WriteNumber(_client, number, _open.Min, _leader, left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1))
                : throw new OperationCanceledException("The write was given up.");
        }
    }
}
