using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
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
    /// <c>Splade:VectorStore</c> and then those of <paramref name="configure"/>, which are checked when the host starts. Its encoder is
    /// <c>AddSplade</c>'s, or the <c>IEmbeddingGenerator&lt;string, SparseEmbedding&gt;</c> that is registered in the place of
    /// AddSplade's own. A second call adds its settings to the first's.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets what the configuration doesn't; null for nothing.</param>
    public static IServiceCollection AddSpladeVectorStore(this IServiceCollection services, Action<SpladeVectorStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<SpladeVectorStoreOptions> options = services.AddOptions<SpladeVectorStoreOptions>();
        bool isNew = !services.Any(service => service.ServiceType == typeof(SpladeVectorStore));
        if (isNew) options.Configure<IServiceProvider>(Bind);
        if (configure is not null) options.Configure(configure);
        if (!isNew) return services;

        options.ValidateOnStart();
        services.AddSingleton<IValidateOptions<SpladeVectorStoreOptions>, Validator>();
        services.AddSingleton(Create);
        services.AddSingleton<VectorStore>(provider => provider.GetRequiredService<SpladeVectorStore>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, VectorStoreStartup>());
        return services;
    }

    /// <summary>
    /// Registers a collection of the store that <see cref="AddSpladeVectorStore"/> registers: singletons
    /// <see cref="SpladeCollection{TKey, TRecord}"/>, <see cref="VectorStoreCollection{TKey, TRecord}"/>,
    /// <see cref="IVectorSearchable{TRecord}"/> and <see cref="IKeywordHybridSearchable{TRecord}"/>. A record that can't be held, and an
    /// index that is there and can't be opened, end the start of the host with one sentence; one that isn't there is made by
    /// <c>EnsureCollectionExistsAsync</c>.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="definition">Its properties, in place of or beside the record's attributes; null for the attributes alone.
    /// </param>
    [RequiresDynamicCode("Records are read by reflection.")]
    [RequiresUnreferencedCode("Records are read by reflection.")]
    public static IServiceCollection AddSpladeCollection<TKey, TRecord>(
        this IServiceCollection services, string name, VectorStoreCollectionDefinition? definition = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.AddCollection<TKey, TRecord>(serviceKey: null, name, definition);
    }

    /// <summary>The same under a key, for several collections of the same types.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="serviceKey">The key of the services; null for none.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="definition">Its properties, in place of or beside the record's attributes; null for the attributes alone.
    /// </param>
    [RequiresDynamicCode("Records are read by reflection.")]
    [RequiresUnreferencedCode("Records are read by reflection.")]
    public static IServiceCollection AddKeyedSpladeCollection<TKey, TRecord>(
        this IServiceCollection services, object? serviceKey, string name, VectorStoreCollectionDefinition? definition = null)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.AddCollection<TKey, TRecord>(serviceKey, name, definition);
    }

    [RequiresDynamicCode("Records are read by reflection.")]
    [RequiresUnreferencedCode("Records are read by reflection.")]
    private static IServiceCollection AddCollection<TKey, TRecord>(
        this IServiceCollection services, object? serviceKey, string name, VectorStoreCollectionDefinition? definition)
        where TKey : notnull
        where TRecord : class
    {
        // Of several with the same types and key the last is what is injected, and each is made once.
        object own = new();
        SpladeCollection<TKey, TRecord> Own(IServiceProvider provider) => provider.GetRequiredKeyedService<SpladeCollection<TKey, TRecord>>(own);
        services.AddKeyedSingleton(own, (provider, _) => provider.GetRequiredService<SpladeVectorStore>().GetCollection<TKey, TRecord>(name, definition));
        services.AddKeyedSingleton(serviceKey, (provider, _) => Own(provider));
        services.AddKeyedSingleton<VectorStoreCollection<TKey, TRecord>>(serviceKey, (provider, _) => Own(provider));
        services.AddKeyedSingleton<IVectorSearchable<TRecord>>(serviceKey, (provider, _) => Own(provider));
        services.AddKeyedSingleton<IKeywordHybridSearchable<TRecord>>(serviceKey, (provider, _) => Own(provider));
        return services.AddSingleton(new CollectionRegistration(provider => Own(provider).Check()));
    }

    private static SpladeVectorStore Create(IServiceProvider provider)
    {
        SpladeVectorStoreOptions options = provider.GetRequiredService<IOptions<SpladeVectorStoreOptions>>().Value;
        ISparseEncoder encoder = (options.Encoder is { } name ? provider.GetKeyedService<ISparseEncoder>(name) : provider.GetService<ISparseEncoder>())
            ?? throw new InvalidOperationException(options.Encoder is null ? "The vector store has no encoder: call AddSplade()."
                : $"The vector store has no encoder '{options.Encoder}': call AddSplade(\"{options.Encoder}\").");
        IEmbeddingGenerator<string, SparseEmbedding>? registered = options.Encoder is { } key
            ? provider.GetKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>(key) : provider.GetService<IEmbeddingGenerator<string, SparseEmbedding>>();
        return new SpladeVectorStore(encoder, options, registered, provider.GetService<IHostEnvironment>()?.ContentRootPath ?? ".");
    }

    private static void Bind(SpladeVectorStoreOptions options, IServiceProvider provider)
    {
        if (provider.GetService<IConfiguration>() is { } configuration)
            SettingsSection.Bind(configuration.GetSection(SpladeVectorStoreOptions.SectionName), options);
    }

    private sealed class Validator : IValidateOptions<SpladeVectorStoreOptions>
    {
        public ValidateOptionsResult Validate(string? name, SpladeVectorStoreOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
