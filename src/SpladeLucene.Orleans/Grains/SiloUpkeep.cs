using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using SpladeLucene.Replicas;
using SpladeLucene.Wire;

namespace SpladeLucene.Grains;

/// <summary>As long as the silo is up: has its replicas join, refreshes and commits them.</summary>
internal sealed class SiloUpkeep(SiloReplicas replicas, IGrainFactory grains, ILogger<SiloUpkeep> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan JoinInterval = TimeSpan.FromMilliseconds(250);
    // One that serves asks too, so that one that was forgotten is told.
    private static readonly TimeSpan ConfirmInterval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopped = new();
    private Task _running = Task.CompletedTask;

    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(SiloUpkeep), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public void Dispose() => _stopped.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(replicas.Mine().SelectMany(
            address => new[] { Task.Run(() => JoinAsync(address)), Task.Run(() => TendAsync(address)) }));
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (ShardAddress address in replicas.Mine()) await TryAsync(address, replica => replica.CommitAsync()).ConfigureAwait(false);
    }

    private async Task JoinAsync(ShardAddress address)
    {
        IShardGrain leader = grains.GetGrain<IShardGrain>((address with { Replica = null }).ToString());
        while (!_stopped.IsCancellationRequested)
        {
            bool isServing = false;
            await TryAsync(address, async replica =>
            {
                await leader.JoinAsync(address.Replica!.Value).WaitAsync(_stopped.Token).ConfigureAwait(false);
                isServing = replica.IsServing;
            }).ConfigureAwait(false);
            await PauseAsync(isServing ? ConfirmInterval : JoinInterval).ConfigureAwait(false);
        }
    }

    private async Task TendAsync(ShardAddress address)
    {
        SpladeClusterOptions options = replicas.OptionsOf(address);
        DateTime committed = DateTime.UtcNow;
        while (!_stopped.IsCancellationRequested)
        {
            await PauseAsync(options.RefreshInterval).ConfigureAwait(false);
            await TryAsync(address, async replica =>
            {
                replica.Refresh();
                if (DateTime.UtcNow - committed < options.CommitInterval) return;
                await replica.CommitAsync().ConfigureAwait(false);
                committed = DateTime.UtcNow;
            }).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(ShardAddress address, Func<Replica, Task> work)
    {
        try
        {
            await work(replicas.Find(address)).ConfigureAwait(false);
        }
        catch (Exception e) when (!_stopped.IsCancellationRequested)
        {
            Log.NoUpkeep(logger, address.Name, address.Shard, e);
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task PauseAsync(TimeSpan time) =>
        await Task.Delay(time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
