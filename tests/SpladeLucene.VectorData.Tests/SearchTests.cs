using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

public sealed class SearchTests : IAsyncLifetime
{
    private readonly SpladeVectorStore _store = Stores.InMemory();
    private SpladeCollection<string, Article> _collection = null!;

    public async Task InitializeAsync() => _collection = await _store.FilledAsync();

    public Task DisposeAsync()
    {
        _store.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Search_FindsByMeaning_BestFirst()
    {
        List<VectorSearchResult<Article>> found = await _collection.SearchAsync("dog", top: 3).ListAsync();

        Assert.Equal(["1", "2"], found.Select(hit => hit.Record.Id));
        Assert.True(found[0].Score > found[1].Score);
        Assert.Equal(["2"], await _collection.SearchAsync("dog", top: 1, new() { Skip = 1 }).IdsAsync());
        Assert.Empty(await _collection.SearchAsync("dog", top: 1, new() { Skip = int.MaxValue }).IdsAsync());
        Assert.Equal(["2"], await _collection.SearchAsync("dog", top: 3, new() { Filter = article => article.Year == 2024 }).IdsAsync());
        Assert.Empty(await _collection.SearchAsync("", top: 3).IdsAsync());
    }

    [Fact]
    public async Task Search_WithThreshold_FindsWhatReachesIt()
    {
        List<VectorSearchResult<Article>> all = await _collection.SearchAsync("dog", top: 3).ListAsync();

        Assert.Equal(["1"], await _collection.SearchAsync("dog", top: 3, new() { ScoreThreshold = all[0].Score }).IdsAsync());
        Assert.Equal(["1", "2"], await _collection.SearchAsync("dog", top: 3, new() { ScoreThreshold = all[1].Score }).IdsAsync());
        Assert.Empty(await _collection.SearchAsync("dog", top: 3, new() { ScoreThreshold = 1e9 }).IdsAsync());
    }

    [Fact]
    public async Task Hybrid_EncoderFails_DegradesAsSet()
    {
        using SpladeVectorStore lenient = Stores.InMemory(o => o.ConfigureHybrid = hybrid => hybrid with { WordsAloneOnFailure = true });
        SpladeCollection<string, Article> collection = await lenient.FilledAsync();

        Assert.Equal(["2"], await collection.HybridSearchAsync(WordEncoder.Unencodable, ["canine"], top: 3).IdsAsync());
        Assert.Empty(await collection.HybridSearchAsync(
            WordEncoder.Unencodable, ["canine"], top: 3, new() { Filter = article => article.Year == 2020 }).IdsAsync());
        await Assert.ThrowsAsync<SparseEncodingException>(() => collection.HybridSearchAsync(WordEncoder.Unencodable, [], top: 3).IdsAsync());
        await Assert.ThrowsAsync<SparseEncodingException>(() => collection.SearchAsync(WordEncoder.Unencodable, top: 3).IdsAsync());
        await Assert.ThrowsAsync<SparseEncodingException>(
            () => _collection.HybridSearchAsync(WordEncoder.Unencodable, ["canine"], top: 3).IdsAsync());
    }

    [Fact]
    public async Task Search_ByAVector_FindsTheSame()
    {
        SparseVector vector = new WordEncoder().Encode("dog");

        Assert.Equal(["1", "2"], await _collection.SearchAsync(vector, top: 3).IdsAsync());
        Assert.Equal(["1", "2"], await _collection.SearchAsync(new SparseEmbedding(vector), top: 3).IdsAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _collection.SearchAsync(new SparseEmbedding(vector) { ModelId = "another" }, top: 3).ListAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _collection.SearchAsync(8, top: 3).ListAsync());
    }

    [Fact]
    public async Task Search_WhatCantBe_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _collection.SearchAsync("dog", top: 0));
        Assert.Throws<ArgumentNullException>(() => _collection.SearchAsync<string>(null!, top: 1));
        Assert.Throws<NotSupportedException>(() => _collection.SearchAsync("dog", top: 1, new() { IncludeVectors = true }));
        await Assert.ThrowsAsync<NotSupportedException>(() => _collection.GetAsync("1", new() { IncludeVectors = true }));
        await Assert.ThrowsAsync<SparseEncodingException>(() => _collection.SearchAsync(WordEncoder.Unencodable, top: 1).ListAsync());
    }

    [Fact]
    public async Task HybridSearch_FindsByWordsAndMeaning()
    {
        List<VectorSearchResult<Article>> found = await _collection.HybridSearchAsync("fox", ["health", "training"], top: 4).ListAsync();

        Assert.Equal(["1", "2", "3", "4"], found.Select(hit => hit.Record.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["3", "4"], await _collection.HybridSearchAsync("fox", [], top: 4).IdsAsync());
        Assert.Equal(["2"], await _collection.HybridSearchAsync("nothing", ["HEALTH", ""], top: 4).IdsAsync());
        Assert.Equal(["4"], await _collection.HybridSearchAsync("fox", ["health"], top: 4, new() { Filter = article => article.Year < 0 }).IdsAsync());
        Assert.Equal(found.Skip(1).Take(2).Select(hit => hit.Record.Id),
            await _collection.HybridSearchAsync("fox", ["health", "training"], top: 2, new() { Skip = 1 }).IdsAsync());
        Assert.Equal(found.Where(hit => hit.Score == found[0].Score).Select(hit => hit.Record.Id), await _collection.HybridSearchAsync(
            "fox", ["health", "training"], top: 4, new() { ScoreThreshold = found[0].Score }).IdsAsync());
    }

    [Fact]
    public async Task HybridSearch_WithoutOneFullText_IsRefusedByName()
    {
        SpladeCollection<string, TwoTexts> two = _store.GetCollection<string, TwoTexts>("two");
        await two.EnsureCollectionExistsAsync();
        await two.UpsertAsync([new() { Id = "1", First = "apples", Second = "pears" }, new() { Id = "2", First = "pears", Second = "apples" }]);

        Assert.Throws<InvalidOperationException>(() => two.HybridSearchAsync("x", ["apples"], top: 1));
        Assert.Throws<InvalidOperationException>(() => two.SearchAsync("x", top: 1));
        var options = new HybridSearchOptions<TwoTexts> { AdditionalProperty = record => record.Second, VectorProperty = record => record.FirstMeaning };
        Assert.Equal("2", Assert.Single(await two.HybridSearchAsync("x", ["apples"], top: 1, options).ListAsync()).Record.Id);
        Assert.Throws<InvalidOperationException>(() => _store.GetCollection<string, RecordTests.ByGuid>("wrong"));
        Assert.Throws<InvalidOperationException>(() => _store.GetCollection<Guid, RecordTests.ByGuid>("guids").SearchAsync("x", top: 1));
    }

    [Fact]
    public async Task TwoVectors_AreSearchedEachForItself()
    {
        SpladeCollection<string, TwoTexts> two = _store.GetCollection<string, TwoTexts>("two");
        await two.EnsureCollectionExistsAsync();
        await two.UpsertAsync([new() { Id = "1", FirstMeaning = "dog", SecondMeaning = "fox" }, new() { Id = "2", FirstMeaning = "fox", SecondMeaning = "dog" }]);

        Assert.Equal("1", Assert.Single(await two.SearchAsync("dog", top: 5, new() { VectorProperty = r => r.FirstMeaning }).ListAsync()).Record.Id);
        Assert.Equal("2", Assert.Single(await two.SearchAsync("dog", top: 5, new() { VectorProperty = r => r.SecondMeaning }).ListAsync()).Record.Id);
    }

    [Fact]
    public async Task Get_OrderedAndPaged_IsWhatDotNetOrders()
    {
        async Task Check(Func<FilteredRecordRetrievalOptions<Article>.OrderByDefinition, FilteredRecordRetrievalOptions<Article>.OrderByDefinition> order,
            IEnumerable<Article> expected) => Assert.Equal(expected.Select(article => article.Id), (await _collection.GetAsync(
                article => true, top: 10, new() { OrderBy = order }).ListAsync()).Select(article => article.Id));

        await Check(o => o.Ascending(a => a.Year), Stores.Articles.OrderBy(a => a.Year));
        await Check(o => o.Descending(a => a.Year).Ascending(a => a.Title), Stores.Articles.OrderByDescending(a => a.Year).ThenBy(a => a.Title, StringComparer.Ordinal));
        await Check(o => o.Ascending(a => a.Title), Stores.Articles.OrderBy(a => a.Title, StringComparer.Ordinal));
        await Check(o => o.Descending(a => a.Title), Stores.Articles.OrderByDescending(a => a.Title, StringComparer.Ordinal));
        await Check(o => o.Ascending(a => a.Pages), Stores.Articles.OrderBy(a => a.Pages));
        await Check(o => o.Descending(a => a.Pages), Stores.Articles.OrderByDescending(a => a.Pages));
        await Check(o => o.Ascending(a => a.Price), Stores.Articles.OrderBy(a => a.Price));
        await Check(o => o.Descending(a => a.Cost), Stores.Articles.OrderByDescending(a => a.Cost));
        await Check(o => o.Descending(a => a.Rating), Stores.Articles.OrderByDescending(a => a.Rating));
        await Check(o => o.Ascending(a => a.Published).Descending(a => a.Id), Stores.Articles.OrderBy(a => a.Published).ThenByDescending(a => a.Id, StringComparer.Ordinal));
        await Check(o => o.Descending(a => a.Id), Stores.Articles.OrderByDescending(a => a.Id, StringComparer.Ordinal));
        Assert.Equal(["2"], (await _collection.GetAsync(a => a.Year > 0, top: 1, new() { OrderBy = o => o.Ascending(a => a.Id), Skip = 1 }).ListAsync())
            .Select(article => article.Id));
        Assert.Throws<NotSupportedException>(() => _collection.GetAsync(a => true, top: 1, new() { OrderBy = o => o.Ascending(a => a.Tags) }));
        Assert.Throws<NotSupportedException>(() => _collection.GetAsync(a => true, top: 1, new() { OrderBy = o => o.Ascending(a => a.Note) }));
    }

    public sealed class TwoTexts
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreVector(1)]
        public string? FirstMeaning { get; set; }

        [VectorStoreVector(1)]
        public string? SecondMeaning { get; set; }

        [VectorStoreData(IsFullTextIndexed = true)]
        public string? First { get; set; }

        [VectorStoreData(IsFullTextIndexed = true)]
        public string? Second { get; set; }
    }
}
