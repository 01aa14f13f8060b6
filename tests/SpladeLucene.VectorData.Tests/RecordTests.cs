using System.Text.Json;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

public sealed class RecordTests : IDisposable
{
    private readonly SpladeVectorStore _store = Stores.InMemory();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Records_ComeBackAsTheyWere_WithoutTheirVectors()
    {
        SpladeCollection<string, Article> collection = await _store.FilledAsync();

        List<Article> found = await collection.GetAsync(["3", "nobody", "1", "2", "4"]).ListAsync();

        Assert.Equal(["3", "1", "2", "4"], found.Select(article => article.Id));
        foreach (Article article in found)
        {
            Article was = Stores.Articles.Single(other => other.Id == article.Id);
            Assert.Null(article.Meaning);
            Assert.Equal(Json(was), Json(article));
        }

        Assert.Null(await collection.GetAsync("nobody"));
        Assert.Empty(await collection.GetAsync([]).ListAsync());
    }

    [Fact]
    public async Task Upsert_Replaces_AndOfTwoInOneBatchTheLastStays()
    {
        SpladeCollection<string, Article> collection = await _store.FilledAsync();

        await collection.UpsertAsync([new() { Id = "1", Title = "first" }, new() { Id = "5", Title = "new" }, new() { Id = "1", Title = "last" }]);
        await collection.UpsertAsync(Array.Empty<Article>());

        Assert.Equal("last", (await collection.GetAsync("1"))!.Title);
        Assert.Equal(5, (await collection.GetAsync(article => true, top: 10).ListAsync()).Count);
        // It has no text any more, and so no vector.
        Assert.DoesNotContain("1", await collection.SearchAsync("dog", 5).IdsAsync());
    }

    [Fact]
    public async Task Delete_OneManyAndNobody()
    {
        SpladeCollection<string, Article> collection = await _store.FilledAsync();

        await collection.DeleteAsync("1");
        await collection.DeleteAsync(["2", "nobody"]);
        await collection.DeleteAsync(Array.Empty<string>());

        Assert.Equal(["3", "4"], (await collection.GetAsync(article => true, top: 10).ListAsync()).Select(article => article.Id));
    }

    [Fact]
    public async Task Nulls_AreRefusedByName()
    {
        SpladeCollection<string, Article> collection = await _store.FilledAsync();

        Assert.Equal("key", (await Assert.ThrowsAsync<ArgumentNullException>(() => collection.GetAsync((string)null!))).ParamName);
        Assert.Equal("keys", (await Assert.ThrowsAsync<ArgumentNullException>(() => collection.GetAsync((string[])null!).ListAsync())).ParamName);
        Assert.Equal("keys", (await Assert.ThrowsAsync<ArgumentNullException>(() => collection.DeleteAsync((string[])null!))).ParamName);
        Assert.Equal("records", (await Assert.ThrowsAsync<ArgumentNullException>(() => collection.UpsertAsync((Article[])null!))).ParamName);
        await Assert.ThrowsAsync<ArgumentException>(() => collection.UpsertAsync(new Article { Id = null! }));
        await Assert.ThrowsAsync<ArgumentException>(() => collection.UpsertAsync([new Article { Id = "9" }, null!]));
        Assert.Null(await collection.GetAsync("9"));
    }

    [Fact]
    public async Task TextThatCantBeEncoded_LeavesNothingOfItsBatch()
    {
        SpladeCollection<string, Article> collection = await _store.FilledAsync();

        await Assert.ThrowsAsync<SparseEncodingException>(() => collection.UpsertAsync(
            [new() { Id = "8", Meaning = "fine" }, new() { Id = "9", Meaning = WordEncoder.Unencodable }]));

        Assert.Empty(await collection.GetAsync(["8", "9"]).ListAsync());
    }

    [Fact]
    public async Task ValueTooLongForATerm_IsRefusedByItsProperty()
    {
        SpladeCollection<string, Article> collection = await _store.FilledAsync();

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => collection.UpsertAsync(new Article { Id = "8", Title = new string('x', 40_000) }));

        Assert.Contains("'Title'", refused.Message, StringComparison.Ordinal);
        await collection.UpsertAsync(new Article { Id = "8", Note = new string('x', 40_000) });
        Assert.Equal(40_000, (await collection.GetAsync("8"))!.Note!.Length);
    }

    [Fact]
    public async Task KeyOrCollectionOf40000Characters_IsRefusedInASentence()
    {
        string longest = new('x', 40_000);
        SpladeCollection<string, Article> collection = await _store.FilledAsync();

        var key = await Assert.ThrowsAsync<ArgumentException>(() => collection.UpsertAsync(new Article { Id = longest }));
        using var folder = new TemporaryFolder();
        using SpladeVectorStore onDisk = Stores.In(folder.Root);
        Exception name = await Assert.ThrowsAnyAsync<Exception>(async () =>
            await onDisk.GetCollection<string, Article>(longest).EnsureCollectionExistsAsync());

        Assert.Contains("'Id'", key.Message, StringComparison.Ordinal);
        Assert.Contains("40000 bytes", key.Message, StringComparison.Ordinal);
        Assert.True(name is ArgumentException, name.ToString());
        Assert.InRange(name.Message.Length, 1, 1000);
        Assert.Null(await collection.GetAsync(longest));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData("d")]
    [InlineData(7)]
    [InlineData(-7L)]
    public async Task Keys_OfEachType_AreFoundAndFiltered(object key)
    {
        var definition = new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty("Id", key.GetType()), new VectorStoreDataProperty("Number", typeof(long)) { IsIndexed = true }],
        };
        SpladeCollection<object, Dictionary<string, object?>> collection = _store.GetDynamicCollection("keys", definition);
        await collection.EnsureCollectionExistsAsync();

        await collection.UpsertAsync(new Dictionary<string, object?> { ["Id"] = key, ["Number"] = 5L });

        Assert.Equal(5L, (await collection.GetAsync(key))!["Number"]);
        Assert.Equal(key, Assert.Single(await collection.GetAsync(record => record["Id"] == key, top: 2).ListAsync())["Id"]);
        await Assert.ThrowsAsync<ArgumentException>(() => collection.GetAsync(1.5));
        await collection.DeleteAsync(key);
        Assert.Null(await collection.GetAsync(key));
    }

    [Fact]
    public async Task GuidKey_ThatIsntSet_IsMade_UnlessTheDefinitionSaysNo()
    {
        SpladeCollection<Guid, ByGuid> collection = _store.GetCollection<Guid, ByGuid>("guids");
        await collection.EnsureCollectionExistsAsync();
        var fresh = new ByGuid { Text = "a" };
        var given = new ByGuid { Id = Guid.Parse("603840bf-cf91-4521-8b8e-8b6a2e75910a"), Text = "b" };

        await collection.UpsertAsync([fresh, given]);

        Assert.NotEqual(Guid.Empty, fresh.Id);
        Assert.Equal("a", (await collection.GetAsync(fresh.Id))!.Text);
        Assert.Equal("b", (await collection.GetAsync(given.Id))!.Text);
    }

    private static string Json(Article article) => JsonSerializer.Serialize(
        new { article.Title, article.Year, article.Pages, Price = $"{article.Price}", article.Cost, article.Rating, article.Draft, article.Published, article.Tags, article.Editors, article.Note });

    public sealed class ByGuid
    {
        [VectorStoreKey]
        public Guid Id { get; set; }

        [VectorStoreData]
        public string? Text { get; set; }
    }
}
