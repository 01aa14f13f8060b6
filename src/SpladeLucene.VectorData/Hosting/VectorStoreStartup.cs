using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SpladeLucene.Hosting;

/// <summary>A collection that was registered, and how it is checked.</summary>
internal sealed record CollectionRegistration(Action<IServiceProvider> Check);

/// <summary>Makes the store and opens what there is of its collections before the application serves, and commits when it stops.</summary>
internal sealed class VectorStoreStartup(IServiceProvider services, IEnumerable<CollectionRegistration> collections) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<SpladeVectorStore>();
        foreach (CollectionRegistration collection in collections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            collection.Check(services);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => services.GetRequiredService<SpladeVectorStore>().CommitAsync(cancellationToken);
}
