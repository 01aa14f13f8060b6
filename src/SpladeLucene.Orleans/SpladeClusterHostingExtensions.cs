using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using SpladeLucene.Grains;
using SpladeLucene.Replicas;
using SpladeLucene.Routing;
using SpladeLucene.Shards;

namespace SpladeLucene;

/// <summary>Registers an <see cref="ISpladeCluster"/>: its shards on silos, the service where it is called.</summary>
public static class SpladeClusterHostingExtensions
{
    /// <summary>Has the silo hold the replicas that <paramref name="options"/> give to its name, if any, and know where the others
    /// are. Every silo of the cluster needs it, once for each index.</summary>
    /// <param name="builder">The silo; its name is set by <c>Configure&lt;SiloOptions&gt;</c>.</param>
    /// <param name="folder">The folder on this silo's own disk, under which each index has one by its name.</param>
    /// <param name="options">The same on all silos.</param>
    /// <exception cref="ArgumentException">The options don't fit together, or the folder is empty.</exception>
    public static ISiloBuilder AddSpladeShards(this ISiloBuilder builder, string folder, SpladeClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(nameof(options));
        IServiceCollection services = builder.Services;
        services.AddSingleton(new SiloIndex(options, folder));
        if (services.Any(service => service.ServiceType == typeof(SiloReplicas))) return builder;
        services.AddSingleton<SiloReplicas>();
        services.AddSingleton<ISiloDeaths, SiloDeaths>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloUpkeep>();
        services.AddPlacementDirector<AtItsSilo, AtItsSiloDirector>();
        return builder;
    }

    /// <summary>Registers the <see cref="ISpladeCluster"/> of an index, on a silo or in a client of the cluster; also by its name as a
    /// keyed service. It encodes with the <see cref="ISparseEncoder"/> that is registered.</summary>
    /// <param name="services">Has Orleans' silo or client too.</param>
    /// <param name="options">The same as on the silos.</param>
    /// <exception cref="ArgumentException">The options don't fit together.</exception>
    public static IServiceCollection AddSpladeCluster(this IServiceCollection services, SpladeClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(nameof(options));
        services.AddKeyedSingleton<ISpladeCluster>(options.Name, (provider, _) => new SpladeCluster(
            options, provider.GetRequiredService<ISparseEncoder>(), provider.GetRequiredService<IGrainFactory>()));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<ISpladeCluster>(options.Name));
        return services;
    }
}
