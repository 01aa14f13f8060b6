using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpladeLucene;
using SpladeLucene.Configuration;
using SpladeLucene.Hosting;
using SpladeLucene.Indexes;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers indexes with a SPLADE field.</summary>
public static class SpladeIndexServiceCollectionExtensions
{
    /// <summary>
    /// Registers an index: a keyed singleton <see cref="ISpladeIndex"/>, with the settings of the section
    /// <c>Splade:Indexes:{name}</c> and then those of <paramref name="configure"/>, and, as long as it is the only one, the
    /// <see cref="ISpladeIndex"/> without a key. The host opens it before it starts anything else, keeps it fresh, and commits
    /// when it stops. Its encoder is <c>AddSplade</c>'s. A second call with the name adds its settings to the first's. An
    /// <see cref="ISpladeIndex"/> that the application registers by this key takes the place of the index's own, which the host
    /// goes on keeping.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The key; not blank.</param>
    /// <param name="configure">Sets what the configuration doesn't; null for nothing.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddSpladeIndex(
        this IServiceCollection services, string name, Action<SpladeIndexOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.AddIndex(name, section: null, configure);
    }

    /// <summary>The same with the settings of a section of the caller's choice.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The key; not blank.</param>
    /// <param name="section">Its keys are <see cref="SpladeIndexOptions"/>' properties; any other is refused.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddSpladeIndex(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddIndex(name, section, configure: null);
    }

    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    private static IServiceCollection AddIndex(
        this IServiceCollection services, string name, IConfiguration? section, Action<SpladeIndexOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var registration = new IndexRegistration(name);
        OptionsBuilder<SpladeIndexOptions> options = services.AddOptions<SpladeIndexOptions>(name);
        bool isNew = !services.Any(service => !service.IsKeyedService && registration.Equals(service.ImplementationInstance));
        SettingsSection.Configure(options, section, registration.Section, isNew, configure);
        if (!isNew) return services;

        options.ValidateOnStart();
        services.AddSingleton(registration);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SpladeIndexOptions>, SpladeIndexOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SpladeStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IndexUpkeep>());
        services.AddKeyedSingleton(name, (provider, _) => SpladeIndex.Open(
            provider, name, provider.GetRequiredService<IOptionsMonitor<SpladeIndexOptions>>().Get(name)));
        services.TryAddKeyedSingleton<ISpladeIndex>(name, (provider, _) => registration.Resolve(provider));
        services.TryAddSingleton(OnlyIndex);
        return services;
    }

    private static ISpladeIndex OnlyIndex(IServiceProvider provider)
    {
        string[] names = [.. provider.GetServices<IndexRegistration>().Select(index => index.Name)];
        return names.Length == 1 ? provider.GetRequiredKeyedService<ISpladeIndex>(names[0])
            : throw new InvalidOperationException($"There are {names.Length} indexes, {string.Join(", ", names)}: "
                + $"say which, such as [FromKeyedServices(\"{names[0]}\")] {nameof(ISpladeIndex)}.");
    }
}
