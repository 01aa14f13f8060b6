using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using SpladeLucene.Replicas;
using SpladeLucene.Wire;

namespace SpladeLucene.Grains;

/// <summary>As long as the silo is up: has its replicas join, refreshes and commits them. A failure that goes on is told once.</summary>
internal sealed class SiloUpkeep(SiloReplicas replicas, IGrainFactory grains, ILogger<SiloUpkeep> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan JoinInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    // Timers take no more than weeks.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);
    // One that serves asks too, so that one that was forgotten is told.
    private static readonly TimeSpan ConfirmInterval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopped = new();
    private Task _running = Task.CompletedTask;

    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(nameof(SiloUpkeep), ServiceLifecycleStage.RuntimeInitialize, CheckAsync);
        observer.Subscribe(nameof(SiloUpkeep), ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    public void Dispose() => _stopped.Dispose();

    // Before others see the silo.
    private Task CheckAsync(CancellationToken cancellationToken)
    {
        replicas.Check();
        return Task.CompletedTask;
    }

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(replicas.Mine().SelectMany(
            address => new[] { Task.Run(() => JoinAsync(address)), Task.Run(() => TendAsync(address)) }));
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        foreach ((_, Replica replica) in replicas.Opened()) replica.Stop();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach ((ShardAddress address, _) in replicas.Opened())
        {
            Upkeep(address).Tell(await TryAsync(
                address, replica => replica.CommitAsync().WaitAsync(cancellationToken)).ConfigureAwait(false));
        }
    }

    private async Task JoinAsync(ShardAddress address)
    {
        IShardGrain leader = grains.GetGrain<IShardGrain>((address with { Replica = null }).ToString());
        var failures = new OngoingFailure(e => Log.CantJoin(logger, address.Name, address.Shard, address.Replica, e));
        TimeSpan pause = JoinInterval;
        while (!_stopped.IsCancellationRequested)
        {
            bool isServing = false;
            Exception? failure = await TryAsync(address, async replica =>
            {
                await leader.JoinAsync(address.Replica!.Value).WaitAsync(_stopped.Token).ConfigureAwait(false);
                isServing = replica.IsServing;
            }).ConfigureAwait(false);
            failures.Tell(failure);
            pause = isServing ? JoinInterval : pause + pause < LongestPause ? pause + pause : LongestPause;
            await PauseAsync(isServing ? ConfirmInterval : pause).ConfigureAwait(false);
        }
    }

    private async Task TendAsync(ShardAddress address)
    {
        SpladeClusterOptions options = replicas.OptionsOf(address);
        OngoingFailure failures = Upkeep(address);
        TimeSpan pause = new[] { options.RefreshInterval, options.CommitInterval, LongestSleep }.Min();
        long refreshed = Stopwatch.GetTimestamp(), committed = refreshed;
        while (!_stopped.IsCancellationRequested)
        {
            await PauseAsync(pause).ConfigureAwait(false);
            failures.Tell(await TryAsync(address, async replica =>
            {
                if (IsDue(refreshed, options.RefreshInterval))
                {
                    replica.Refresh();
                    refreshed = Stopwatch.GetTimestamp();
                }

                if (!IsDue(committed, options.CommitInterval)) return;
                await replica.CommitAsync().ConfigureAwait(false);
                committed = Stopwatch.GetTimestamp();
            }).ConfigureAwait(false));
        }

        // Nearer now than after the next pause.
        bool IsDue(long last, TimeSpan interval) => Stopwatch.GetElapsedTime(last) >= interval - (pause / 2);
    }

    private OngoingFailure Upkeep(ShardAddress address) => new(e => Log.NoUpkeep(logger, address.Name, address.Shard, e));

    /// <returns>What failed; null for nothing, or where the silo stops.</returns>
    private async Task<Exception?> TryAsync(ShardAddress address, Func<Replica, Task> work)
    {
        try
        {
            await work(await replicas.OpenAsync(address).WaitAsync(_stopped.Token).ConfigureAwait(false)).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private async Task PauseAsync(TimeSpan time) =>
        await Task.Delay(time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
