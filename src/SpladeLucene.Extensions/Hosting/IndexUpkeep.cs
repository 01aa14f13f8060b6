using Microsoft.Extensions.Hosting;
using SpladeLucene.Indexes;

namespace SpladeLucene.Hosting;

/// <summary>Makes what is written visible and commits it, index by index, and commits once more when all of the application
/// has stopped.</summary>
internal sealed class IndexUpkeep(IServiceProvider services, IEnumerable<IndexRegistration> registrations) : BackgroundService, IHostedLifecycleService
{
    private SpladeIndex[] _indexes = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _indexes = [.. registrations.Select(registration => registration.Resolve(services))];
        return base.StartAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (SpladeIndex index in _indexes) index.Keep("commit", index.Commit);
        return Task.CompletedTask;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_indexes.SelectMany(index => new[]
    {
        RepeatAsync(index, index.Options.RefreshInterval, "refresh", index.Refresh, stoppingToken),
        RepeatAsync(index, index.Options.CommitInterval, "commit", index.Commit, stoppingToken),
    }));

    private static async Task RepeatAsync(
        SpladeIndex index, TimeSpan interval, string what, Action action, CancellationToken stopping)
    {
        if (interval == TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false)) index.Keep(what, action);
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }
}
