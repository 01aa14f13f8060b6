using Lucene.Net.Index;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

public sealed partial class StoreLifetimeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Disposed_IsRefusedUnderEveryName()
    {
        SpladeVectorStore store = Stores.In(_folder.Root);
        await store.FilledAsync();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.GetCollection<string, Article>("new").EnsureCollectionExistsAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.CollectionExistsAsync("new"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.EnsureCollectionDeletedAsync(Stores.Name));
        Assert.Equal([Stores.Name], Directory.GetDirectories(_folder.Root).Select(Path.GetFileName));
        store.Dispose();
    }

    [Fact]
    public async Task Dispose_OneCollectionFails_ClosesAllAndLetsItsLockGo()
    {
        bool fails = false;
        SpladeVectorStore store = FirstFailing(() => fails);
        await FillAsync(store, "a", "b", "c");
        fails = true;

        Assert.Throws<IOException>(store.Dispose);

        using SpladeVectorStore again = Stores.In(_folder.Root);
        Assert.NotNull(await again.GetCollection<string, Article>("b").GetAsync("1"));
        Assert.NotNull(await again.GetCollection<string, Article>("c").GetAsync("1"));
        await again.GetCollection<string, Article>("a").UpsertAsync(Stores.Articles);
    }

    [Fact]
    public async Task Commit_OneCollectionFails_NamesItAndCommitsTheOthers()
    {
        bool fails = false;
        SpladeVectorStore store = FirstFailing(() => fails);
        await FillAsync(store, "a", "b", "c");
        fails = true;

        var failed = await Assert.ThrowsAsync<VectorStoreException>(() => store.CommitAsync());
        fails = false;

        Assert.Equal("a", failed.CollectionName);
        Assert.Contains("'a'", failed.Message, StringComparison.Ordinal);
        foreach (string committed in new[] { "b", "c" })
        {
            var writer = (IndexWriter)store.GetCollection<string, Article>(committed).GetService(typeof(IndexWriter))!;
            Assert.False(writer.HasUncommittedChanges());
        }

        // What may lack documents isn't committed by closing it either, and that is said.
        Assert.ThrowsAny<InvalidOperationException>(store.Dispose);
    }

    [Fact]
    public async Task Delete_CommitsNothingFirst()
    {
        bool fails = false;
        using SpladeVectorStore store = FirstFailing(() => fails);
        await FillAsync(store, "a");
        fails = true;

        await store.EnsureCollectionDeletedAsync("a");

        Assert.False(await store.CollectionExistsAsync("a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_ThatFailed_CanBeTriedAgain(bool inMemory)
    {
        bool fails = true;
        using var store = new SpladeVectorStore(new WordEncoder(), new()
        {
            InMemory = inMemory, Directory = inMemory ? null : _folder.Root,
            ConfigureWriter = _ =>
            {
                if (fails) throw new InvalidOperationException("not now");
            },
        });
        SpladeCollection<string, Article> collection = store.GetCollection<string, Article>(Stores.Name);

        var refused = await Assert.ThrowsAsync<VectorStoreException>(() => collection.EnsureCollectionExistsAsync());
        Assert.Contains("not now", refused.Message, StringComparison.Ordinal);
        Assert.False(await collection.CollectionExistsAsync());
        fails = false;

        await store.FilledAsync();
        Assert.NotNull(await collection.GetAsync("1"));
    }

    [Fact]
    public async Task Exists_OfAnyName_RemembersNone()
    {
        using SpladeVectorStore store = Stores.In(_folder.Root);
        for (int i = 0; i < 10; i++) Assert.False(await store.CollectionExistsAsync($"n{i}"));
        await Assert.ThrowsAsync<ArgumentException>(() => store.CollectionExistsAsync("../up"));

        Assert.Equal(0, store.KnownCollections);
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("nul")]
    [InlineData("Com1")]
    [InlineData("lpt9.articles")]
    public void Names_ThatWindowsHasNoFolderOf_AreRefused(string name)
    {
        using SpladeVectorStore store = Stores.In(_folder.Root);

        Assert.Contains($"'{name}'", Assert.Throws<ArgumentException>(() => store.GetCollection<string, Article>(name)).Message, StringComparison.Ordinal);
        Assert.NotNull(store.GetCollection<string, Article>($"a{name}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Names_ThatDifferInCaseAlone_AreRefused(bool inMemory)
    {
        using SpladeVectorStore store = inMemory ? Stores.InMemory() : Stores.In(_folder.Root);
        await store.FilledAsync();
        string upper = Stores.Name.ToUpperInvariant();

        var refused = await Assert.ThrowsAsync<VectorStoreException>(() => store.GetCollection<string, Article>(upper).EnsureCollectionExistsAsync());

        Assert.Contains($"'{Stores.Name}'", refused.Message, StringComparison.Ordinal);
        Assert.False(await store.CollectionExistsAsync(upper));
    }

    [Fact]
    public async Task Options_ChangedAfterwards_ChangeNothing()
    {
        var options = new SpladeVectorStoreOptions { InMemory = true, CommitOnWrite = false };
        using var store = new SpladeVectorStore(new WordEncoder(), options);
        options.CommitOnWrite = true;
        options.ConfigureWriter = _ => throw new InvalidOperationException("too late");

        SpladeCollection<string, Article> collection = await store.FilledAsync();

        Assert.True(((IndexWriter)collection.GetService(typeof(IndexWriter))!).HasUncommittedChanges());
    }

    [Fact]
    public void Settings_ThatContradictEachOther_AreRefusedAtOnce()
    {
        var ranks = new SpladeVectorStoreOptions { InMemory = true, MeaningWeight = 0.5, ConfigureHybrid = hybrid => hybrid with { RankConstant = 60 } };
        var nothing = new SpladeVectorStoreOptions { InMemory = true, ConfigureHybrid = _ => null! };

        Assert.Contains("reciprocal ranks have no weights",
            Assert.Throws<ArgumentException>(() => new SpladeVectorStore(new WordEncoder(), ranks)).Message, StringComparison.Ordinal);
        Assert.Contains("returned null",
            Assert.Throws<ArgumentException>(() => new SpladeVectorStore(new WordEncoder(), nothing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_OfAnotherOpenedLater_IsRefusedAlike()
    {
        using (SpladeVectorStore first = Stores.In(_folder.Root)) await first.FilledAsync();
        using SpladeVectorStore store = Stores.In(_folder.Root, new WordEncoder("other"));
        var plain = new VectorStoreCollectionDefinition { Properties = [new VectorStoreKeyProperty("Id", typeof(string))] };
        await store.GetDynamicCollection(Stores.Name, plain).GetAsync("1");

        var refused = await Assert.ThrowsAsync<VectorStoreException>(() => store.GetCollection<string, Article>(Stores.Name).GetAsync("1"));

        Assert.Contains("other", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"'{Stores.Name}'", refused.Message, StringComparison.Ordinal);
    }

    private SpladeVectorStore FirstFailing(Func<bool> fails)
    {
        int made = 0;
        return new SpladeVectorStore(new WordEncoder(), new()
        {
            Directory = _folder.Root, CommitOnWrite = false,
            ConfigureWriter = config =>
            {
                if (made++ == 0) config.IndexDeletionPolicy = new FailingPolicy(fails);
            },
        });
    }

    private static async Task FillAsync(SpladeVectorStore store, params string[] names)
    {
        foreach (string name in names)
        {
            SpladeCollection<string, Article> collection = store.GetCollection<string, Article>(name);
            await collection.EnsureCollectionExistsAsync();
            await collection.UpsertAsync(Stores.Articles);
        }
    }

    private sealed class FailingPolicy(Func<bool> fails) : IndexDeletionPolicy
    {
        public override void OnInit<T>(IList<T> commits)
        {
        }

        public override void OnCommit<T>(IList<T> commits)
        {
            if (fails()) throw new IOException("No space left on device");
        }
    }
}
