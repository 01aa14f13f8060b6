using System.Diagnostics;
using SpladeLucene.Wire;

namespace SpladeLucene.Shards;

/// <summary>What clients wait for and what of it has been written, so that a message that comes again or late undoes nothing. Used by one
/// thread at a time.</summary>
internal sealed class ClientWrites(TimeSpan writeTimeout)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly Dictionary<Guid, Client> _clients = [];
    private long _forgotten = Stopwatch.GetTimestamp();

    /// <summary>Takes down what a message says; what the client waits for no longer is forgotten.</summary>
    public void Hear(WriteNumber number)
    {
        Forget();
        if (!_clients.TryGetValue(number.Client, out Client? client)) _clients[number.Client] = client = new Client();
        client.Heard = Stopwatch.GetTimestamp();
        if (number.Oldest <= client.Oldest) return;
        client.Oldest = number.Oldest;
        client.Written.RemoveWhere(written => written < number.Oldest);
    }

    /// <summary>Whether the client has given it up, or seen its end.</summary>
    public bool IsOver(WriteNumber number) => Find(number) is { } client && number.Number < client.Oldest;

    /// <summary>Whether it is written, and the client may not know.</summary>
    public bool IsWritten(WriteNumber number) => Find(number) is { } client && client.Written.Contains(number.Number);

    /// <summary>Remembers it as long as the client waits for it.</summary>
    public void Write(WriteNumber number)
    {
        if (Find(number) is { } client && number.Number >= client.Oldest) client.Written.Add(number.Number);
    }

    private Client? Find(WriteNumber number) => _clients.GetValueOrDefault(number.Client);

    // Nothing of a client that is gone comes that late.
    private void Forget()
    {
        if (Stopwatch.GetElapsedTime(_forgotten) < Remembered) return;
        _forgotten = Stopwatch.GetTimestamp();
        TimeSpan kept = writeTimeout > Remembered ? writeTimeout : Remembered;
        foreach ((Guid id, Client client) in _clients)
        {
            if (Stopwatch.GetElapsedTime(client.Heard) > kept) _clients.Remove(id);
        }
    }

    private sealed class Client
    {
        public long Heard { get; set; }

        public long Oldest { get; set; }

        public HashSet<long> Written { get; } = [];
    }
}
