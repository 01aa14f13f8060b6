using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

/// <summary>Stores and collections under keys.</summary>
public sealed partial class HostTests
{
    [Fact]
    public void Registered_Keyed_AreToldApartByTheirKeys()
    {
        using IHost host = Build(services => Words(services).AddSpladeVectorStore(o => o.InMemory = true)
            .AddKeyedSpladeCollection<string, Article>("a", "first").AddKeyedSpladeCollection<string, Article>("b", "second"));

        Assert.Equal("first", host.Services.GetRequiredKeyedService<SpladeCollection<string, Article>>("a").Name);
        var second = host.Services.GetRequiredKeyedService<SpladeCollection<string, Article>>("b");
        Assert.Equal("second", second.Name);
        Assert.Same(second, host.Services.GetRequiredKeyedService<VectorStoreCollection<string, Article>>("b"));
        Assert.Same(second, host.Services.GetRequiredKeyedService<IVectorSearchable<Article>>("b"));
        Assert.Same(second, host.Services.GetRequiredKeyedService<IKeywordHybridSearchable<Article>>("b"));
        Assert.Null(host.Services.GetService<VectorStoreCollection<string, Article>>());
    }

    [Fact]
    public async Task Registered_KeyedStore_HasItsSectionItsEncoderAndItsCollections()
    {
        using IHost host = Build(services => Words(services).AddSplade("code", o => o.EncoderFactory = _ => new WordEncoder("code"))
            .AddSpladeVectorStore(o => o.InMemory = true).AddKeyedSpladeVectorStore("code")
            .AddSpladeCollection<string, Article>("first")
            .AddKeyedSpladeCollection<string, Article>("b", "second", storeKey: "code"),
            ("Splade:VectorStores:code:Directory", _folder.Root), ("Splade:VectorStores:code:EncoderName", "code"),
            ("Splade:VectorStores:code:ImpactFolder", _folder.PathOf("impacts")));
        await host.StartAsync();
        var store = host.Services.GetRequiredKeyedService<SpladeVectorStore>("code");
        var collection = host.Services.GetRequiredKeyedService<SpladeCollection<string, Article>>("b");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(Stores.Articles);

        Assert.Same(store, host.Services.GetRequiredKeyedService<VectorStore>("code"));
        Assert.Equal("code", ((ISparseEncoder)store.GetService(typeof(ISparseEncoder))!).Fingerprint.Name);
        Assert.Equal(["second"], await store.ListCollectionNamesAsync().ListAsync());
        Assert.Empty(await host.Services.GetRequiredService<SpladeVectorStore>().ListCollectionNamesAsync().ListAsync());
        Assert.Equal(["1", "2"], await collection.SearchAsync("dog", 5).IdsAsync());
        Assert.Equal(_folder.PathOf(Path.Combine("impacts", "second")), ImpactFolderOf(collection));
        await host.StopAsync();
    }

    private static string? ImpactFolderOf(SpladeCollection<string, Article> collection)
    {
        var searchers = (Lucene.Net.Search.SearcherManager)collection.GetService(typeof(Lucene.Net.Search.SearcherManager))!;
        Lucene.Net.Search.IndexSearcher searcher = searchers.Acquire();
        try
        {
            return ((SpladeSearcher)searcher).Options.Impacts.Options.Folder;
        }
        finally
        {
            searchers.Release(searcher);
        }
    }
}
