using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

public sealed class CollectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Collection_IsMade_Listed_AndDeleted(bool inMemory)
    {
        using SpladeVectorStore store = inMemory ? Stores.InMemory() : Stores.In(_folder.Root);
        SpladeCollection<string, Article> collection = store.GetCollection<string, Article>(Stores.Name);

        Assert.False(await collection.CollectionExistsAsync());
        Assert.Empty(await store.ListCollectionNamesAsync().ListAsync());
        await collection.EnsureCollectionExistsAsync();
        await collection.EnsureCollectionExistsAsync();
        Assert.True(await collection.CollectionExistsAsync());
        Assert.True(await store.CollectionExistsAsync(Stores.Name));
        Assert.Equal([Stores.Name], await store.ListCollectionNamesAsync().ListAsync());
        await collection.UpsertAsync(Stores.Articles);
        await store.EnsureCollectionDeletedAsync(Stores.Name);
        await collection.EnsureCollectionDeletedAsync();
        Assert.False(await collection.CollectionExistsAsync());

        // Begun anew, it is empty.
        await collection.EnsureCollectionExistsAsync();
        Assert.Empty(await collection.GetAsync(article => true, top: 10).ListAsync());
    }

    [Fact]
    public async Task Collection_ThatIsntThere_IsRefusedByName()
    {
        using SpladeVectorStore store = Stores.InMemory();
        SpladeCollection<string, Article> collection = store.GetCollection<string, Article>("nowhere");

        var missing = await Assert.ThrowsAsync<VectorStoreException>(() => collection.GetAsync("1"));
        await Assert.ThrowsAsync<VectorStoreException>(() => collection.UpsertAsync(Stores.Articles[0]));
        await Assert.ThrowsAsync<VectorStoreException>(() => collection.SearchAsync("dog", 1).ListAsync());

        Assert.Contains("There is no collection 'nowhere'", missing.Message, StringComparison.Ordinal);
        Assert.Equal((SpladeVectorStore.SystemName, "nowhere", "Get"),
            (missing.VectorStoreSystemName, missing.CollectionName, missing.OperationName));
        Assert.Throws<ArgumentException>(() => store.GetCollection<string, Article>("../up"));
    }

    [Fact]
    public async Task Store_OpenedAgain_HasWhatWasWritten_WithoutBeingDisposedOf()
    {
        SpladeVectorStore first = Stores.In(_folder.Root);
        await first.FilledAsync();
        using SpladeVectorStore second = Stores.In(_folder.Root);

        // What is committed is there, although the first holds the lock.
        using (Lucene.Net.Store.FSDirectory directory = Lucene.Net.Store.FSDirectory.Open(_folder.PathOf(Stores.Name)))
        using (DirectoryReader reader = DirectoryReader.Open(directory)) Assert.Equal(4, reader.NumDocs);
        var locked = await Assert.ThrowsAsync<VectorStoreException>(() => second.FilledAsync());
        Assert.Contains("writes in", locked.Message, StringComparison.Ordinal);
        first.Dispose();
        Assert.Equal("Training", (await second.GetCollection<string, Article>(Stores.Name).GetAsync("1"))!.Title);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.FilledAsync());
    }

    [Fact]
    public async Task Store_OfAnotherModel_IsRefusedByName()
    {
        using (SpladeVectorStore store = Stores.In(_folder.Root)) await store.FilledAsync();
        using SpladeVectorStore other = Stores.In(_folder.Root, new WordEncoder("other"));

        var refused = await Assert.ThrowsAsync<VectorStoreException>(() => other.GetCollection<string, Article>(Stores.Name).GetAsync("1"));

        Assert.Contains("'articles' can't be opened", refused.Message, StringComparison.Ordinal);
        Assert.Contains("other", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommitOnWrite_Off_CommitsWhenAsked()
    {
        using var store = new SpladeVectorStore(new WordEncoder(), new() { Directory = _folder.Root, CommitOnWrite = false });
        SpladeCollection<string, Article> collection = await store.FilledAsync();
        var writer = (IndexWriter)collection.GetService(typeof(IndexWriter))!;

        Assert.NotNull(await collection.GetAsync("1"));
        Assert.True(writer.HasUncommittedChanges());
        await store.CommitAsync();
        Assert.False(writer.HasUncommittedChanges());
    }

    [Fact]
    public async Task GetService_KnowsMetadataAndLucene()
    {
        using SpladeVectorStore store = Stores.InMemory();
        SpladeCollection<string, Article> collection = await store.FilledAsync();

        Assert.Equal(Stores.Name, ((VectorStoreCollectionMetadata)collection.GetService(typeof(VectorStoreCollectionMetadata))!).CollectionName);
        Assert.Equal("memory", ((VectorStoreMetadata)store.GetService(typeof(VectorStoreMetadata))!).VectorStoreName);
        Assert.Same(collection, collection.GetService(typeof(IKeywordHybridSearchable<Article>)));
        Assert.IsType<SearcherManager>(collection.GetService(typeof(SearcherManager)));
        Assert.IsType<WordEncoder>(store.GetService(typeof(ISparseEncoder)));
        Assert.Same(collection, collection.GetService(typeof(IDisposable)));
        Assert.Same(store, store.GetService(typeof(IDisposable)));
        Assert.Null(collection.GetService(typeof(IndexWriter), "key"));
        Assert.Null(collection.GetService(typeof(string)));
    }

    [Fact]
    public async Task ManyAtOnce_WriteDeleteAndRead_LoseNothing()
    {
        using SpladeVectorStore store = Stores.In(_folder.Root);
        await store.GetCollection<string, Article>(Stores.Name).EnsureCollectionExistsAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            SpladeCollection<string, Article> mine = store.GetCollection<string, Article>(Stores.Name);
            for (int i = 0; i < 4; i++)
            {
                string id = $"{writer}-{i}";
                await mine.UpsertAsync(new Article { Id = id, Meaning = "a dog", Year = writer });
                Assert.NotNull(await mine.GetAsync(id));
                Assert.Contains(id, await mine.SearchAsync("dog", top: 100, new() { Filter = article => article.Year == writer }).IdsAsync());
                if (i % 2 == 1) await mine.DeleteAsync(id);
                if (i % 2 == 1) Assert.Null(await mine.GetAsync(id));
            }
        })));

        Assert.Equal(8, (await store.GetCollection<string, Article>(Stores.Name).GetAsync(article => true, top: 100).ListAsync()).Count);
    }
}
