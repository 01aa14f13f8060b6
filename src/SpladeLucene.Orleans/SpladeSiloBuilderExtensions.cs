using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using SpladeLucene;
using SpladeLucene.Grains;
using SpladeLucene.Replicas;
using SpladeLucene.Shards;

namespace Orleans.Hosting;

/// <summary>Has silos hold the shards of an <see cref="ISpladeCluster"/>.</summary>
public static class SpladeSiloBuilderExtensions
{
    /// <summary>Has the silo hold the replicas that <paramref name="options"/> give to its name, if any, and know where the others
    /// are. Every silo of the cluster needs it, once for each index. The silo doesn't start where its folder was begun with options by
    /// which shards lie elsewhere.</summary>
    /// <param name="builder">The silo; its name is set by <c>Configure&lt;SiloOptions&gt;</c>.</param>
    /// <param name="folder">The folder on this silo's own disk, under which each index has one by its name.</param>
    /// <param name="options">The same on all silos.</param>
    /// <exception cref="ArgumentException">The options don't fit together, the folder is empty, or the silo has an index of that name
    /// already, whatever its case.</exception>
    public static ISiloBuilder AddSpladeShards(this ISiloBuilder builder, string folder, SpladeClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(nameof(options));
        IServiceCollection services = builder.Services;
        // Some file systems don't tell names apart by case.
        if (services.Any(service => service.ServiceType == typeof(SiloIndex) && service.ImplementationInstance is SiloIndex known
            && string.Equals(known.Options.Name, options.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException(
                $"This silo has an index '{options.Name}' already, or one whose name differs in case alone: call AddSpladeShards once for each, "
                + "under a name of its own.", nameof(options));
        }

        services.AddSingleton(new SiloIndex(options, folder));
        if (services.Any(service => service.ServiceType == typeof(SiloReplicas))) return builder;
        services.AddSingleton<SiloReplicas>();
        services.AddSingleton<ISiloDeaths, SiloDeaths>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloUpkeep>();
        services.AddPlacementDirector<AtItsSilo, AtItsSiloDirector>();
        return builder;
    }
}
