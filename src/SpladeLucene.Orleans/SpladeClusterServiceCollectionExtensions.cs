using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using SpladeLucene;
using SpladeLucene.Routing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers an <see cref="ISpladeCluster"/> where it is called.</summary>
public static class SpladeClusterServiceCollectionExtensions
{
    /// <summary>Registers the <see cref="ISpladeCluster"/> of an index, on a silo or in a client of the cluster; also by its name as a
    /// keyed service. It encodes with the <see cref="ISparseEncoder"/> that is registered, and with the one that is by the name of
    /// <see cref="SpladeClusterOptions.NextField"/>, where there is one.</summary>
    /// <param name="services">Has Orleans' silo or client too.</param>
    /// <param name="options">The same as on the silos.</param>
    /// <exception cref="ArgumentException">The options don't fit together.</exception>
    public static IServiceCollection AddSpladeCluster(this IServiceCollection services, SpladeClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(nameof(options));
        services.AddKeyedSingleton<ISpladeCluster>(options.Name, (provider, _) => new SpladeCluster(
            options, provider.GetRequiredService<ISparseEncoder>(), provider.GetRequiredService<IGrainFactory>(),
            options.NextField is { } next ? provider.GetRequiredKeyedService<ISparseEncoder>(next) : null));
        services.TryAddSingleton(provider => provider.GetRequiredKeyedService<ISpladeCluster>(options.Name));
        return services;
    }
}
