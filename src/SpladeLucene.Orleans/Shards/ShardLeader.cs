using Microsoft.Extensions.Logging;
using SpladeLucene.Grains;
using SpladeLucene.Replicas;
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Guid _id = Guid.NewGuid();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<Waiting> _waiting = [];
    private readonly CancellationTokenSource _stopped = new();
    private Configuration? _configuration;
    // The latest epoch that this leader found or made.
    private long? _latest;
    private string? _reason;

    /// <summary>Ends when every member has the operations. Writes that come meanwhile go together, with one wait for the disk.</summary>
    public async Task WriteAsync(byte[][] operations)
    {
        var mine = new Waiting(operations, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_waiting) _waiting.Add(mine);
        await _gate.WaitAsync(_stopped.Token).ConfigureAwait(false);
        try
        {
            if (!mine.Done.Task.IsCompleted) await WriteWaitingAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }

        await mine.Done.Task.ConfigureAwait(false);
    }

    /// <summary>Makes a replica that doesn't serve a member, where there is a configuration: it catches up while writes go on, then
    /// once more while they wait.</summary>
    public async Task JoinAsync(int replica)
    {
        if (await InOrderAsync(FindConfigurationAsync).ConfigureAwait(false) is not { } found) return;
        ReplicaState state = await replicaOf(replica).DescribeAsync().WaitAsync(Patience).ConfigureAwait(false);
        if (found.Members.Contains(new Member(replica, state.Incarnation)) && state.IsServing) return;
        try
        {
            await CatchUpAsync(replica, found).ConfigureAwait(false);
            await InOrderAsync(async () =>
            {
                if (await FindConfigurationAsync().ConfigureAwait(false) is not { } now) return false;
                await CatchUpAsync(replica, now).ConfigureAwait(false);
                await ConfigureAsync(
                    await NextEpochAsync(now.Epoch).ConfigureAwait(false),
                    [.. now.Members.Where(member => member.Replica != replica)],
                    [new Member(replica, state.Incarnation)],
                    now.LastNumber).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotYet(logger, options.Name, shard, replica, e);
        }
    }

    /// <summary>Lets go of writes that wait.</summary>
    public void Stop() => _stopped.Cancel();

    /// <summary>The same; what still runs ends by itself.</summary>
    public void Dispose() => Stop();

    private async Task WriteWaitingAsync()
    {
        Waiting[] all;
        lock (_waiting)
        {
            all = [.. _waiting];
            _waiting.Clear();
        }

        try
        {
            await AppendAsync([.. all.SelectMany(waiting => waiting.Operations)]).ConfigureAwait(false);
            foreach (Waiting waiting in all) waiting.Done.SetResult();
        }
        catch (Exception e)
        {
            foreach (Waiting waiting in all) waiting.Done.SetException(e);
        }
    }

    private async Task AppendAsync(byte[][] operations)
    {
        while (true)
        {
            _stopped.Token.ThrowIfCancellationRequested();
            if (await FindConfigurationAsync().ConfigureAwait(false) is { } now)
            {
                bool[] written = await Task.WhenAll(now.Members.Select(member => IsDoneAsync(
                    member, replica => replica.AppendAsync(now.Epoch, _id, now.LastNumber + 1, operations)))).ConfigureAwait(false);
                if (written.All(done => done))
                {
                    _configuration = now with { LastNumber = now.LastNumber + operations.Length };
                    return;
                }

                // Who has them and who hasn't is found out anew, and they are written again: that changes nothing twice.
                _configuration = null;
            }

            await Task.Delay(Pause, _stopped.Token).ConfigureAwait(false);
        }
    }

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

    private async Task CatchUpAsync(int replica, Configuration now)
    {
        int peer = now.Members.First(member => member.Replica != replica).Replica;
        await replicaOf(replica).CatchUpAsync(peer).ConfigureAwait(false);
    }

    /// <summary>Waits as long as the member's silo isn't over.</summary>
    private async Task<bool> IsDoneAsync(Member member, Func<IReplicaGrain, Task<bool>> ask)
    {
        Task<bool> asked = ask(replicaOf(member.Replica));
        while (!asked.IsCompleted && await Task.WhenAny(asked, Task.Delay(Pause)).ConfigureAwait(false) != asked)
        {
            await deaths.RefreshAsync().ConfigureAwait(false);
            if (deaths.IsOver(member.Incarnation)) return false;
        }

        return await IsDoneAsync(asked).ConfigureAwait(false) && await asked.ConfigureAwait(false);
    }

    private static async Task<bool> IsDoneAsync(Task asked)
    {
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return asked.IsCompletedSuccessfully;
    }

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

    private sealed record Waiting(byte[][] Operations, TaskCompletionSource Done);
}
