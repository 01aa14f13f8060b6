using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SpladeLucene.Hosting;

/// <summary>A collection that was registered, and how it is checked.</summary>
internal sealed record CollectionRegistration(Action<IServiceProvider> Check);

/// <summary>Makes the store and opens what there is of its collections before anything of the application starts, and commits when
/// all of it has stopped.</summary>
internal sealed class VectorStoreStartup(IServiceProvider services, IEnumerable<CollectionRegistration> collections) : IHostedLifecycleService
{
    private SpladeVectorStore? _store;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _store = services.GetRequiredService<SpladeVectorStore>();
        foreach (CollectionRegistration collection in collections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            collection.Check(services);
        }

        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => _store?.CommitAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
