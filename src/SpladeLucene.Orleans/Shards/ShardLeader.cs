using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SpladeLucene.Grains;
using SpladeLucene.Replicas;
using SpladeLucene.Routing;
using SpladeLucene.Wire;

namespace SpladeLucene.Shards;

/// <summary>
/// Gives a shard's writes their order and says who acknowledges them. A write is acknowledged when every member of the configuration has
/// it in its log. A member is left out only when the membership says that its silo's start is over, or it says itself that it
/// doesn't serve: so a member that has served without a break has all that was acknowledged, and one that hasn't asks such a one
/// first. A leader that takes over makes the members promise to refuse the one before, and that one never takes over again: what
/// still waits there may be older than what was acknowledged since. Thread-safe.
/// </summary>
internal sealed partial class ShardLeader(
    SpladeClusterOptions options, int shard, Func<int, IReplicaGrain> replicaOf, ISiloDeaths deaths, ILogger logger,
    Action? onReplaced = null)
    : IDisposable
{
    private const int MembershipBits = 20;
    // What goes to the replicas at once, and about what a message of Orleans may hold without holding up others.
    private const long BatchBytes = Operation.MostBytes;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Guid _id = Guid.NewGuid();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Queue<Waiting> _waiting = [];
    // Guarded by _waiting.
    private readonly ClientWrites _clients = new(options.WriteTimeout);
    private readonly CancellationTokenSource _stopped = new();
    private Configuration? _configuration;
    // The latest epoch that this leader found or made.
    private long? _latest;
    private string? _reason;

    /// <summary>Finds out which epoch was the latest before this leader took its first write: one that it finds later is another
    /// leader's, beside which what waits here may be old.</summary>
    public Task PrepareAsync() => InOrderAsync(async () =>
    {
        _latest ??= (await DescribeAllAsync().ConfigureAwait(false)).Max(state => state?.Promised);
        return true;
    });

    /// <summary>Ends when every member has the operations. Writes that come meanwhile go together, with one wait for the disk.</summary>
    /// <returns>Null; this leader's id where they were sent to another: they aren't written then, as they may be late.</returns>
    /// <exception cref="ArgumentException">An operation can't be applied, or is another shard's; nothing of it is written.</exception>
    /// <exception cref="TimeoutException">The members didn't have them within <see cref="SpladeClusterOptions.WriteTimeout"/>.</exception>
    public async Task<Guid?> WriteAsync(byte[][] operations, WriteNumber? number = null)
    {
        if (number is not null && number.Leader != _id) return _id;
        foreach (byte[] operation in operations) Check(operation);
        // Nothing waits beside a leader whose epoch couldn't be told from a later one's.
        if (_latest is null) await PrepareAsync().ConfigureAwait(false);
        if (_latest is null) throw TooLate();
        var mine = new Waiting(operations, number, DateTime.UtcNow + TimeLeft(number));
        lock (_waiting)
        {
            if (number is not null) _clients.Hear(number);
            // What is sent again while it waits waits once.
            if (_waiting.FirstOrDefault(other => other.IsSame(number)) is { } same) mine = same;
            else _waiting.Enqueue(mine);
        }

        await _gate.WaitAsync(_stopped.Token).ConfigureAwait(false);
        try
        {
            while (!mine.Done.Task.IsCompleted) await WriteWaitingAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }

        await mine.Done.Task.ConfigureAwait(false);
        return null;
    }

    /// <summary>Lets go of writes that wait.</summary>
    public void Stop() => _stopped.Cancel();

    /// <summary>The same; what still runs ends by itself.</summary>
    public void Dispose() => Stop();

    private void Check(byte[] operation)
    {
        string key = Operation.Check(operation, options);
        if (KeyHash.ShardOf(key, options.Shards) is var its && its == shard) return;
        throw new ArgumentException($"The key '{key}' belongs to shard {its} of the index '{options.Name}', which has {options.Shards} shards, "
            + $"and was sent to shard {shard}: give clients and silos the same {nameof(options.Shards)}.", nameof(operation));
    }

    private TimeSpan TimeLeft(WriteNumber? number) =>
        number is { Left: var left } && left > TimeSpan.Zero && left < options.WriteTimeout ? left : options.WriteTimeout;

    private async Task WriteWaitingAsync()
    {
        Waiting[] some = TakeWaiting();
        if (some.Length == 0) return;
        try
        {
            await AppendAsync([.. some.SelectMany(waiting => waiting.Operations)], some.Max(waiting => waiting.Deadline)).ConfigureAwait(false);
            lock (_waiting)
            {
                foreach (WriteNumber number in some.Select(waiting => waiting.Number).OfType<WriteNumber>()) _clients.Write(number);
            }

            foreach (Waiting waiting in some) waiting.Done.SetResult();
        }
        catch (Exception e)
        {
            foreach (Waiting waiting in some) waiting.Done.SetException(e);
        }
    }

    // Whoever sent what is past its deadline, or says so, has given up, and may have written something else since. What is written already
    // another may have written over.
    private Waiting[] TakeWaiting()
    {
        var taken = new List<Waiting>();
        lock (_waiting)
        {
            long bytes = 0;
            while (_waiting.TryPeek(out Waiting? next) && (taken.Count == 0 || bytes + next.Bytes <= BatchBytes))
            {
                _waiting.Dequeue();
                if (next.Deadline <= DateTime.UtcNow || (next.Number is { } number && _clients.IsOver(number)))
                {
                    next.Done.SetException(TooLate());
                    continue;
                }

                if (next.Number is { } again && _clients.IsWritten(again))
                {
                    next.Done.SetResult();
                    continue;
                }

                taken.Add(next);
                bytes += next.Bytes;
            }
        }

        return [.. taken];
    }

    private async Task AppendAsync(byte[][] operations, DateTime deadline)
    {
        while (true)
        {
            _stopped.Token.ThrowIfCancellationRequested();
            if (await FindConfigurationAsync().ConfigureAwait(false) is { } now)
            {
                // Until all have said that they have them, where the logs end isn't known. Who has them and who hasn't is found out
                // anew, and they are written again: that changes nothing twice.
                _configuration = null;
                bool[] written = await Task.WhenAll(now.Members.Select(member => IsDoneAsync(
                    member, replica => replica.AppendAsync(now.Epoch, _id, now.LastNumber + 1, operations)))).ConfigureAwait(false);
                if (written.All(done => done))
                {
                    _configuration = now with { LastNumber = now.LastNumber + operations.Length };
                    return;
                }
            }

            if (DateTime.UtcNow >= deadline) throw TooLate();
            await Task.Delay(Pause, _stopped.Token).ConfigureAwait(false);
        }
    }

    private TimeoutException TooLate(string what = "written") => new(
        $"Shard {shard} of the index '{options.Name}' couldn't be {what} in time{(_reason is null ? "" : ": " + _reason)}.");

    private async Task<Configuration?> FindConfigurationAsync()
    {
        if (_configuration is not null) return _configuration;
        string? reason;
        try
        {
            reason = await TakeOverAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stopped.IsCancellationRequested)
        {
            reason = e.Message;
        }

        if (reason is not null && reason != _reason) Log.Waits(logger, options.Name, shard, reason);
        _reason = reason;
        return _configuration;
    }

    // A member that is left out is over by the membership, so that whoever comes after it has a later version, and a later epoch.
    private async Task<long> NextEpochAsync(long before) =>
        Math.Max(before + 1, await deaths.RefreshAsync().ConfigureAwait(false) << MembershipBits);

    /// <summary>Waits until the member's silo is over, or for a third of a write's time: an answer that a connection lost never comes.</summary>
    private async Task<bool> IsDoneAsync(Member member, Func<IReplicaGrain, Task<bool>> ask)
    {
        long started = Stopwatch.GetTimestamp();
        Task<bool> asked = ask(replicaOf(member.Replica));
        while (!asked.IsCompleted && await Task.WhenAny(asked, Task.Delay(Pause)).ConfigureAwait(false) != asked)
        {
            await deaths.RefreshAsync().ConfigureAwait(false);
            if (deaths.IsOver(member.Incarnation) || Stopwatch.GetElapsedTime(started) > options.WriteTimeout / 3) return false;
        }

        return await IsDoneAsync(asked).ConfigureAwait(false) && await asked.ConfigureAwait(false);
    }

    private static async Task<bool> IsDoneAsync(Task asked)
    {
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return asked.IsCompletedSuccessfully;
    }

    private Task<ReplicaState?[]> DescribeAllAsync() => Task.WhenAll(
        Enumerable.Range(0, options.Replicas).Select(replica => TryAsync(replica, known => known.DescribeAsync())));

    private async Task<ReplicaState?> TryAsync(int replica, Func<IReplicaGrain, Task<ReplicaState>> ask)
    {
        Task<ReplicaState> asked = ask(replicaOf(replica)).WaitAsync(Patience);
        return await IsDoneAsync(asked).ConfigureAwait(false) ? await asked.ConfigureAwait(false) : null;
    }

    private async Task<T> InOrderAsync<T>(Func<Task<T>> work)
    {
        await _gate.WaitAsync(_stopped.Token).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed record Configuration(long Epoch, Member[] Members, long LastNumber);

    private sealed record Waiting(byte[][] Operations, WriteNumber? Number, DateTime Deadline)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsSame(WriteNumber? other) => other is not null && Number?.Client == other.Client && Number.Number == other.Number;

        public long Bytes { get; } = Operations.Sum(operation => (long)operation.Length);
    }
}
