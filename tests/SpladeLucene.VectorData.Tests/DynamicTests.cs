using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

public sealed class DynamicTests : IDisposable
{
    private readonly SpladeVectorStore _store = Stores.InMemory();

    public static VectorStoreCollectionDefinition Definition => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty("Id", typeof(string)),
            new VectorStoreVectorProperty("Meaning", typeof(string), 1),
            new VectorStoreDataProperty("Title", typeof(string)) { IsIndexed = true, IsFullTextIndexed = true },
            new VectorStoreDataProperty("Year", typeof(int)) { IsIndexed = true },
            new VectorStoreDataProperty("Draft", typeof(bool)) { IsIndexed = true },
            new VectorStoreDataProperty("Tags", typeof(string[])) { IsIndexed = true },
        ],
    };

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task DynamicRecords_AreTheSameCollection()
    {
        await _store.FilledAsync();
        SpladeCollection<object, Dictionary<string, object?>> records = _store.GetDynamicCollection(Stores.Name, Definition);

        await records.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "5", ["Meaning"] = "a dog", ["Year"] = 7, ["Draft"] = false });
        Dictionary<string, object?> found = (await records.GetAsync("5"))!;

        Assert.Equal((7, null), ((int)found["Year"]!, found["Title"]));
        Assert.Equal(["1", "5", "2"], (await records.SearchAsync("dog", top: 3).ListAsync()).Select(hit => hit.Record["Id"]));
        Assert.Equal(7, (await _store.GetCollection<string, Article>(Stores.Name).GetAsync("5"))!.Year);
    }

    [Fact]
    public async Task DynamicRecord_OfAnotherType_IsRefusedByName()
    {
        SpladeCollection<object, Dictionary<string, object?>> records = _store.GetDynamicCollection(Stores.Name, Definition);
        await records.EnsureCollectionExistsAsync();

        var refused = await Assert.ThrowsAsync<InvalidCastException>(
            () => records.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "5", ["Year"] = "seven" }));

        Assert.Contains("'Year'", refused.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => _store.GetCollection<object, Dictionary<string, object?>>(Stores.Name));
    }
}
