using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SpladeLucene.Hosting;

/// <summary>Finds the store of a registration.</summary>
internal static class RegisteredStores
{
    public static SpladeVectorStore Resolve(this StoreRegistration store, IServiceProvider services) =>
        store.Name.Length == 0 ? services.GetRequiredService<SpladeVectorStore>() : services.GetRequiredKeyedService<SpladeVectorStore>(store.Name);
}

/// <summary>A collection that was registered, and how it is checked.</summary>
internal sealed record CollectionRegistration(Action<IServiceProvider> Check);

/// <summary>Makes the stores and opens what there is of their collections before anything of the application starts, and commits when
/// all of it has stopped.</summary>
internal sealed class VectorStoreStartup(IServiceProvider services, IEnumerable<StoreRegistration> stores, IEnumerable<CollectionRegistration> collections)
    : IHostedLifecycleService
{
    private SpladeVectorStore[] _stores = [];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _stores = [.. stores.Select(store => store.Resolve(services))];
        foreach (CollectionRegistration collection in collections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            collection.Check(services);
        }

        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_stores.Select(store => store.CommitAsync(cancellationToken)));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
