using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests.Encoding;

/// <summary>Records with embeddings of their own, each way to read and to search them.</summary>
public sealed class OwnEmbeddingTests : IAsyncLifetime
{
    private static readonly SparseVector Dog = new WordEncoder().Encode("a dog"), Fox = new WordEncoder().Encode("agile fox");

    private readonly SpladeVectorStore _store = Stores.InMemory();
    private SpladeCollection<object, Dictionary<string, object?>> _records = null!;

    public async Task InitializeAsync()
    {
        _records = _store.GetDynamicCollection("own", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(int)),
                new VectorStoreDataProperty("Text", typeof(string)) { IsIndexed = true, IsFullTextIndexed = true },
                new VectorStoreVectorProperty("Body", typeof(SparseEmbedding), 1),
                new VectorStoreVectorProperty("Head", typeof(SparseEmbedding), 1),
            ],
        });
        await _records.EnsureCollectionExistsAsync();
        await _records.UpsertAsync([Record(1, "first", Dog, Fox), Record(2, "second", Fox, Dog), Record(3, "third", Dog, Fox)]);
    }

    public Task DisposeAsync()
    {
        _store.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Vectors_AreGivenBackWhereTheyAreAskedFor_AndNowhereElse()
    {
        VectorSearchOptions<Dictionary<string, object?>> search = new() { VectorProperty = r => r["Body"], Filter = r => r["Text"] == (object)"second" };

        foreach (bool asked in new[] { false, true })
        {
            search.IncludeVectors = asked;
            Dictionary<string, object?>[] found =
            [
                (await _records.GetAsync(2, new() { IncludeVectors = asked }))!,
                Assert.Single(await _records.GetAsync([2], new() { IncludeVectors = asked }).ListAsync()),
                Assert.Single(await _records.GetAsync(search.Filter, top: 5, new() { IncludeVectors = asked }).ListAsync()),
                Assert.Single(await _records.SearchAsync("fox", top: 5, search).ListAsync()).Record,
            ];
            Assert.All(found, record => Assert.Equal(asked ? [Fox, Dog] : [], Vectors(record)));
            Assert.All(found, record => Assert.Equal(asked, record.ContainsKey("Body")));
        }
    }

    [Fact]
    public async Task EqualVectors_AreRankedByTheWords()
    {
        async Task<int[]> FindAsync(string word, int skip = 0) => [.. (await _records.HybridSearchAsync(new SparseEmbedding(Dog), [word], top: 5,
            new() { VectorProperty = r => r["Body"], Skip = skip }).ListAsync()).Select(hit => (int)hit.Record["Id"]!)];

        int[] third = await FindAsync("third"), first = await FindAsync("first"), second = await FindAsync("first", skip: 1);

        Assert.Equal((int[][])[[3, 1], [1, 3], [3]], [third, first, second]);
    }

    [Fact]
    public async Task Weights_ScoreAsBytes_AndComeBackWhole()
    {
        static SparseVector Of(float weight) => SparseVector.FromWeights([KeyValuePair.Create("heavy", weight)]);
        await _records.UpsertAsync([Record(7, "more", Of(50), Fox), Record(8, "most", Of(5), Fox), Record(9, "less", Of(2), Fox)]);

        List<VectorSearchResult<Dictionary<string, object?>>> found = await _records.SearchAsync(
            Of(1), top: 5, new() { VectorProperty = r => r["Body"], IncludeVectors = true }).ListAsync();

        Assert.Equal([7, 8, 9], found.Select(hit => hit.Record["Id"]));
        Assert.Equal(found[0].Score, found[1].Score);
        Assert.Equal([Of(50), Of(5), Of(2)], found.Select(hit => Vectors(hit.Record)[0]));
    }

    [Fact]
    public async Task SearchValue_ThatNoVectorIsMadeOf_IsRefusedInTheAbstractionsWords()
    {
        VectorSearchOptions<Dictionary<string, object?>> options = new() { VectorProperty = r => r["Body"] };

        Assert.Contains("input of type 'int'", (await Assert.ThrowsAsync<InvalidOperationException>(
            () => _records.SearchAsync(8, top: 1, options).ListAsync())).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _records.SearchAsync(new ReadOnlyMemory<float>([1, 2]), top: 1, options).ListAsync());
        Assert.Contains("multiple vector properties", Assert.Throws<InvalidOperationException>(
            () => _records.SearchAsync("dog", top: 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextsThatWereEncoded_AreNotGivenBackInAnyWay()
    {
        SpladeCollection<string, Article> articles = await _store.FilledAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => articles.GetAsync(["1"], new() { IncludeVectors = true }).ListAsync());
        Assert.Throws<NotSupportedException>(() => articles.GetAsync(article => true, top: 1, new() { IncludeVectors = true }));
        Assert.Throws<NotSupportedException>(() => articles.HybridSearchAsync("dog", ["dog"], top: 1, new() { IncludeVectors = true }));
    }

    [Theory]
    [InlineData(typeof(ReadOnlyMemory<float>))]
    [InlineData(typeof(Microsoft.Extensions.AI.Embedding<float>))]
    [InlineData(typeof(float[]))]
    public void DenseVectors_AreRefusedByName(Type type)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => _store.GetDynamicCollection("dense", new()
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("Body", type, 3)],
        }));

        Assert.Contains("'Body'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SparseEmbedding), refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> Record(int id, string text, SparseVector body, SparseVector head) =>
        new() { ["Id"] = id, ["Text"] = text, ["Body"] = new SparseEmbedding(body), ["Head"] = new SparseEmbedding(head) };

    private static SparseVector[] Vectors(Dictionary<string, object?> record) =>
        [.. new[] { "Body", "Head" }.Where(record.ContainsKey).Select(name => ((SparseEmbedding)record[name]!).Vector)];
}
