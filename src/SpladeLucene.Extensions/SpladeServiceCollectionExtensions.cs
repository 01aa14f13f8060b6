using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpladeLucene;
using SpladeLucene.Configuration;
using SpladeLucene.Encoders;
using SpladeLucene.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers encoders of SPLADE models.</summary>
public static class SpladeServiceCollectionExtensions
{
    /// <summary>
    /// Registers the application's encoder: a singleton <see cref="ISparseEncoder"/> with the settings of the section
    /// <c>Splade</c> of its configuration, where it has one, and then those of <paramref name="configure"/>. The host loads it,
    /// and refuses what is wrong with it, before it starts anything else. A second call adds its settings to the first's. Beside
    /// it there is a generator of <see cref="SparseEmbedding"/>s, of documents, and another of queries, under the key
    /// <see cref="SparseEmbeddingGenerator.QueryKey"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets what the configuration doesn't; null for nothing.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddSplade(this IServiceCollection services, Action<SpladeOptions>? configure = null) =>
        services.AddEncoder(Options.Options.DefaultName, section: null, configure);

    /// <summary>The same with the settings of a section of the caller's choice.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">Its keys are <see cref="SpladeOptions"/>'s properties; any other is refused.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddSplade(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddEncoder(Options.Options.DefaultName, section, configure: null);
    }

    /// <summary>
    /// Registers another encoder under a key, <c>[FromKeyedServices("code")] ISparseEncoder</c>, with the settings of the section
    /// <c>Splade:Encoders:{name}</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The key; not blank, nor one under which a generator of queries is registered: <c>query</c>, <c>…:query</c>.
    /// </param>
    /// <param name="configure">Sets what the configuration doesn't; null for nothing.</param>
    /// <exception cref="ArgumentException">The name is such a key.</exception>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddSplade(
        this IServiceCollection services, string name, Action<SpladeOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.AddEncoder(name, section: null, configure);
    }

    /// <summary>The same with the settings of a section of the caller's choice.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">As above.</param>
    /// <param name="section">Its keys are <see cref="SpladeOptions"/>'s properties; any other is refused.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddSplade(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddEncoder(name, section, configure: null);
    }

    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    private static IServiceCollection AddEncoder(
        this IServiceCollection services, string name, IConfiguration? section, Action<SpladeOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        RequireNoQueryKey(name);
        var registration = new EncoderRegistration(name);
        OptionsBuilder<SpladeOptions> options = services.AddOptions<SpladeOptions>(name);
        bool isNew = !services.Any(service => registration.Equals(service.ImplementationInstance));
        SettingsSection.Configure(options, section, registration.Section, isNew, configure, Elsewhere(name));
        if (!isNew) return services;

        options.ValidateOnStart();
        services.AddSingleton(registration);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SpladeOptions>, SpladeOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SpladeStartup>());
        return name == Options.Options.DefaultName ? services.AddDefault() : services.AddKeyed(name);
    }

    private static IServiceCollection AddDefault(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => EncoderFactory.Create(provider, Options.Options.DefaultName));
        services.TryAddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(
            provider => new SparseEmbeddingGenerator(provider.GetRequiredService<ISparseEncoder>()));
        services.TryAddKeyedSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(SparseEmbeddingGenerator.QueryKey,
            (provider, _) => new SparseEmbeddingGenerator(provider.GetRequiredService<ISparseEncoder>(), SparseInputType.Query));
        return services;
    }

    private static void RequireNoQueryKey(string name)
    {
        if (name == SparseEmbeddingGenerator.QueryKey || name.EndsWith($":{SparseEmbeddingGenerator.QueryKey}", StringComparison.Ordinal))
        {
            throw new ArgumentException($"An encoder can't be named '{name}': generators of queries are registered under such keys, "
                + $"'{SparseEmbeddingGenerator.QueryKey}' and '{SparseEmbeddingGenerator.QueryKeyOf("code")}'.", nameof(name));
        }
    }

    private static IServiceCollection AddKeyed(this IServiceCollection services, string name)
    {
        services.TryAddKeyedSingleton(name, (provider, _) => EncoderFactory.Create(provider, name));
        services.TryAddKeyedSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(name,
            (provider, _) => new SparseEmbeddingGenerator(provider.GetRequiredKeyedService<ISparseEncoder>(name)));
        services.TryAddKeyedSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(SparseEmbeddingGenerator.QueryKeyOf(name),
            (provider, _) => new SparseEmbeddingGenerator(
                provider.GetRequiredKeyedService<ISparseEncoder>(name), SparseInputType.Query));
        return services;
    }

    /// <summary>What is beside the default encoder's settings has options of its own.</summary>
    private static string[] Elsewhere(string name) => name == Options.Options.DefaultName ? EncoderRegistration.Elsewhere : [];
}
