using System.Diagnostics;
using Orleans;
using SpladeLucene.Grains;
using SpladeLucene.Wire;

namespace SpladeLucene.Routing;

/// <summary>What a replica answered; null where every replica of a shard refused.</summary>
internal sealed record ShardAnswer<T>(int Replica, T? Value);

/// <summary>Asks one replica of each shard, and the next where it fails, doesn't serve or takes long. Thread-safe.</summary>
internal sealed class ShardAsker(IGrainFactory grains, SpladeClusterOptions options)
{
    // A replica that answers takes a few milliseconds; one whose silo was just killed, seconds.
    private static readonly TimeSpan Hedge = TimeSpan.FromMilliseconds(100);
    private static readonly long Avoided = Stopwatch.Frequency * 2;

    private readonly long[,] _failed = new long[options.Shards, options.Replicas];
    private int _turn;

    /// <summary>Which replica a search asks first, each in its turn.</summary>
    public int NextTurn() => (int)((uint)Interlocked.Increment(ref _turn) % (uint)options.Replicas);

    /// <summary>The answers by shard; null where none came in time.</summary>
    /// <param name="shards">Whom to ask.</param>
    /// <param name="before">Which replica of a shard has answered what came before; it is asked first, whatever others have met.</param>
    /// <param name="turn">Which replica where none has, and it hasn't just failed.</param>
    /// <param name="ask">The question.</param>
    /// <param name="deadline">How long all have.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ShardAnswer<T>?[]> AskAllAsync<T>(
        IReadOnlyCollection<int> shards, Func<int, int?> before, int turn, Func<IReplicaGrain, Task<T?>> ask, TimeSpan deadline,
        CancellationToken cancellationToken)
        where T : class
    {
        var answers = new ShardAnswer<T>?[options.Shards];
        await Task.WhenAll(shards.Select(async shard =>
            answers[shard] = await AskAsync(shard, before(shard), turn, ask, deadline, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false);
        return answers;
    }

    public IReplicaGrain ReplicaOf(int shard, int replica) =>
        grains.GetGrain<IReplicaGrain>(new ShardAddress(options.Name, shard, replica).ToString());

    private async Task<ShardAnswer<T>?> AskAsync<T>(
        int shard, int? before, int turn, Func<IReplicaGrain, Task<T?>> ask, TimeSpan deadline, CancellationToken cancellationToken)
        where T : class
    {
        long started = Stopwatch.GetTimestamp();
        var left = new Queue<int>(Enumerable.Range(0, options.Replicas)
            .Select(i => ((before ?? turn) + i) % options.Replicas)
            .OrderBy(replica => replica != before && HasJustFailed(shard, replica)));
        var asked = new List<Task<ShardAnswer<T>?>>();
        while (left.Count > 0 || asked.Count > 0)
        {
            TimeSpan rest = deadline - Stopwatch.GetElapsedTime(started);
            if (rest <= TimeSpan.Zero) return null;
            if (left.TryDequeue(out int next)) asked.Add(TryAsync(shard, next, ask));
            Task<Task<ShardAnswer<T>?>> any = Task.WhenAny(asked);
            Task ended = any.WaitAsync(left.Count > 0 && Hedge < rest ? Hedge : rest, cancellationToken);
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (!ended.IsCompletedSuccessfully) continue;
            Task<ShardAnswer<T>?> answered = await any.ConfigureAwait(false);
            if (await answered.ConfigureAwait(false) is { } answer) return answer;
            asked.Remove(answered);
        }

        return new ShardAnswer<T>(before ?? turn, null);
    }

    private bool HasJustFailed(int shard, int replica) =>
        Volatile.Read(ref _failed[shard, replica]) is var at and not 0 && Stopwatch.GetTimestamp() - at < Avoided;

    private async Task<ShardAnswer<T>?> TryAsync<T>(int shard, int replica, Func<IReplicaGrain, Task<T?>> ask)
        where T : class
    {
        Task<T?> asked = ask(ReplicaOf(shard, replica));
        // One that hangs has failed until it answers; one that is just being asked hasn't.
        await ((Task)asked.WaitAsync(Hedge)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!asked.IsCompleted)
            Volatile.Write(ref _failed[shard, replica], Stopwatch.GetTimestamp());
        await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        T? answer = asked.IsCompletedSuccessfully ? await asked.ConfigureAwait(false) : null;
        Volatile.Write(ref _failed[shard, replica], answer is null ? Stopwatch.GetTimestamp() : 0);
        return answer is null ? null : new ShardAnswer<T>(replica, answer);
    }
}
