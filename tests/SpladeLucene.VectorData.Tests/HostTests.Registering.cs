using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

/// <summary>What is registered beside others' services, without a host.</summary>
public sealed partial class HostTests
{
    [Fact]
    public async Task Registered_GeneratorUnderItsPlainInterface_IsUsedOnceTheStoreIs()
    {
        var generator = new Named();
        int asked = 0;
        IServiceCollection services = new ServiceCollection().AddSingleton<IEmbeddingGenerator>(_ =>
        {
            asked++;
            return generator;
        });
        services.AddSingleton<ISparseEncoder>(new WordEncoder()).AddSpladeVectorStore(o => o.InMemory = true).AddSpladeCollection<string, Article>(Stores.Name);
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(0, asked);
        var collection = provider.GetRequiredService<VectorStoreCollection<string, Article>>();
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(Stores.Articles);

        Assert.Equal((1, 1), (asked, generator.Calls));
    }

    [Fact]
    public async Task Registered_GeneratorOfDenseVectors_IsPassedOver()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEmbeddingGenerator>(new DenseGenerator()).AddSpladeVectorStore(o => o.InMemory = true);
        await using ServiceProvider without = services.BuildServiceProvider();
        await using ServiceProvider with = services.AddSingleton<ISparseEncoder>(new WordEncoder()).BuildServiceProvider();

        var refused = Assert.Throws<InvalidOperationException>(without.GetRequiredService<SpladeVectorStore>);
        await with.GetRequiredService<SpladeVectorStore>().FilledAsync();

        Assert.Contains("call AddSplade()", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public void Registered_BesideOthersOfTheAbstraction_AreFoundByTheirOwnType(string? key)
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<VectorStore>(key, (_, _) => throw new NotSupportedException())
            .AddKeyedSingleton<VectorStoreCollection<string, Article>>(key, (_, _) => throw new NotSupportedException());
        services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder()).AddSpladeVectorStore(o => o.InMemory = true)
            .AddKeyedSpladeVectorStore("key", o => o.InMemory = true).AddKeyedSpladeCollection<string, Article>(key, Stores.Name, storeKey: key);
        using ServiceProvider provider = services.BuildServiceProvider();
        T Get<T>() where T : notnull => key is null ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(key);

        Assert.Same(Get<SpladeVectorStore>(), Get<VectorStore>());
        Assert.Same(Get<SpladeVectorStore>(), Get<SpladeCollection<string, Article>>().GetService(typeof(SpladeVectorStore)));
        Assert.Same(Get<SpladeCollection<string, Article>>(), Get<VectorStoreCollection<string, Article>>());
    }

    [Fact]
    public void Registering_Nothing_IsRefusedByName()
    {
        IServiceCollection nothing = null!, services = new ServiceCollection();

        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => nothing.AddSpladeVectorStore()).ParamName);
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => nothing.AddKeyedSpladeVectorStore("key")).ParamName);
        Assert.Equal("services", Assert.Throws<ArgumentNullException>(() => nothing.AddSpladeCollection<string, Article>("a")).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => services.AddSpladeCollection<string, Article>(null!)).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => services.AddKeyedSpladeCollection<string, Article>("key", "")).ParamName);
    }

    private sealed class DenseGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
