using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;
using SpladeLucene;
using SpladeLucene.Configuration;
using SpladeLucene.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a vector store over Lucene.NET, and collections of it.</summary>
public static class SpladeVectorStoreServiceCollectionExtensions
{
    /// <summary>
    /// Registers a singleton <see cref="SpladeVectorStore"/>, also as <see cref="VectorStore"/>, with the settings of the section
    /// <c>Splade:VectorStore</c> and then those of <paramref name="configure"/>, which are checked when the host starts. Its vectors are
    /// made by <see cref="SpladeVectorStoreOptions.EmbeddingGenerator"/>, else by the <c>IEmbeddingGenerator&lt;string,
    /// SparseEmbedding&gt;</c> that is registered, by <c>AddSplade</c> or in its place, also as <c>IEmbeddingGenerator</c> alone. The host commits when everything else has stopped. A
    /// second call adds its settings to the first's.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets what the configuration doesn't; null for nothing.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddSpladeVectorStore(this IServiceCollection services, Action<SpladeVectorStoreOptions>? configure = null) =>
        services.AddStore(key: null, section: null, configure);

    /// <summary>The same with the settings of a section of the caller's choice.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">Its keys are <see cref="SpladeVectorStoreOptions"/>' properties; any other is refused.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddSpladeVectorStore(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddStore(key: null, section, configure: null);
    }

    /// <summary>Registers another store under a key, with the settings of the section <c>Splade:VectorStores:{serviceKey}</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="serviceKey">The key, and the options' name; not blank.</param>
    /// <param name="configure">Sets what the configuration doesn't; null for nothing.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddKeyedSpladeVectorStore(
        this IServiceCollection services, string serviceKey, Action<SpladeVectorStoreOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceKey);
        return services.AddStore(serviceKey, section: null, configure);
    }

    /// <summary>The same with the settings of a section of the caller's choice.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="serviceKey">The key, and the options' name; not blank.</param>
    /// <param name="section">Its keys are <see cref="SpladeVectorStoreOptions"/>' properties; any other is refused.</param>
    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    public static IServiceCollection AddKeyedSpladeVectorStore(this IServiceCollection services, string serviceKey, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceKey);
        ArgumentNullException.ThrowIfNull(section);
        return services.AddStore(serviceKey, section, configure: null);
    }

    /// <summary>
    /// Registers a collection of the store that <c>AddSpladeVectorStore</c> registers: singletons
    /// <see cref="SpladeCollection{TKey, TRecord}"/>, <see cref="VectorStoreCollection{TKey, TRecord}"/>,
    /// <see cref="IVectorSearchable{TRecord}"/> and <see cref="IKeywordHybridSearchable{TRecord}"/>. A record that can't be held, and an
    /// index that is there and can't be opened, end the start of the host with one sentence; one that isn't there is made by
    /// <c>EnsureCollectionExistsAsync</c>.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="options">Its properties and the generator of its vectors; null for the record's attributes and the store's.</param>
    [RequiresDynamicCode("Records are read by reflection.")]
    [RequiresUnreferencedCode("Records are read by reflection.")]
    public static IServiceCollection AddSpladeCollection<TKey, TRecord>(
        this IServiceCollection services, string name, SpladeCollectionOptions? options = null)
        where TKey : notnull
        where TRecord : class => services.AddKeyedSpladeCollection<TKey, TRecord>(serviceKey: null, name, options);

    /// <summary>The same under a key, for several collections of the same types or of several stores.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="serviceKey">The key of the collection's services; null for none.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="options">As above.</param>
    /// <param name="storeKey">The key that its store was registered with; null for the store without one.</param>
    [RequiresDynamicCode("Records are read by reflection.")]
    [RequiresUnreferencedCode("Records are read by reflection.")]
    public static IServiceCollection AddKeyedSpladeCollection<TKey, TRecord>(this IServiceCollection services,
        object? serviceKey, string name, SpladeCollectionOptions? options = null, string? storeKey = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        // Of several with the same types and key the last is what is injected, and each is made once.
        object own = new();
        var store = new StoreRegistration(storeKey ?? Options.Options.DefaultName);
        SpladeCollection<TKey, TRecord> Own(IServiceProvider provider) => provider.GetRequiredKeyedService<SpladeCollection<TKey, TRecord>>(own);
        services.AddKeyedSingleton(own, (provider, _) => new SpladeCollection<TKey, TRecord>(store.Resolve(provider), name, options));
        services.AddKeyedSingleton(serviceKey, (provider, _) => Own(provider));
        services.AddKeyedSingleton<VectorStoreCollection<TKey, TRecord>>(serviceKey, (provider, _) => Own(provider));
        services.AddKeyedSingleton<IVectorSearchable<TRecord>>(serviceKey, (provider, _) => Own(provider));
        services.AddKeyedSingleton<IKeywordHybridSearchable<TRecord>>(serviceKey, (provider, _) => Own(provider));
        return services.AddSingleton(new CollectionRegistration(provider => Own(provider).Check()));
    }

    [RequiresDynamicCode(SettingsSection.Reflection)]
    [RequiresUnreferencedCode(SettingsSection.Reflection)]
    private static IServiceCollection AddStore(
        this IServiceCollection services, string? key, IConfiguration? section, Action<SpladeVectorStoreOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var registration = new StoreRegistration(key ?? Options.Options.DefaultName);
        OptionsBuilder<SpladeVectorStoreOptions> options = services.AddOptions<SpladeVectorStoreOptions>(registration.Name);
        bool isNew = !services.Any(service => !service.IsKeyedService && registration.Equals(service.ImplementationInstance));
        SettingsSection.Configure(options, section, registration.Section, isNew, configure);
        if (!isNew) return services;

        options.ValidateOnStart();
        services.AddSingleton(registration);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SpladeVectorStoreOptions>, Validator>());
        // Also looks for sections that nothing reads, before anything is opened.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SpladeStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, VectorStoreStartup>());
        services.AddKeyedSingleton(key, (provider, _) => Create(provider, registration));
        services.AddKeyedSingleton<VectorStore>(key, (provider, _) => registration.Resolve(provider));
        return services;
    }

    private static SpladeVectorStore Create(IServiceProvider provider, StoreRegistration registration)
    {
        SpladeVectorStoreOptions options = provider.GetRequiredService<IOptionsMonitor<SpladeVectorStoreOptions>>().Get(registration.Name);
        IEmbeddingGenerator<string, SparseEmbedding>? generator = options.EmbeddingGenerator
            ?? Find<IEmbeddingGenerator<string, SparseEmbedding>>(provider, options.EncoderName)
            ?? Find<IEmbeddingGenerator>(provider, options.EncoderName) as IEmbeddingGenerator<string, SparseEmbedding>;
        if (generator is null && Find<ISparseEncoder>(provider, options.EncoderName) is { } encoder) generator = new SparseEmbeddingGenerator(encoder);
        if (generator is not null)
        {
            return new SpladeVectorStore(generator, options, provider.GetService<IHostEnvironment>()?.ContentRootPath ?? ".",
                provider.GetService<ILoggerFactory>()?.CreateLogger(Log.Category));
        }

        throw new InvalidOperationException(options.EncoderName is null ? "The vector store has no encoder: call AddSplade()."
            : $"The vector store has no encoder '{options.EncoderName}': call AddSplade(\"{options.EncoderName}\").");
    }

    private static T? Find<T>(IServiceProvider provider, string? key)
        where T : class => key is null ? provider.GetService<T>() : provider.GetKeyedService<T>(key);

    private sealed class Validator : IValidateOptions<SpladeVectorStoreOptions>
    {
        public ValidateOptionsResult Validate(string? name, SpladeVectorStoreOptions options) =>
            options.Problem(StoreRegistration.SectionOf(name)) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
