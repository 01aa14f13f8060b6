using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests.Encoding;

public sealed partial class EmbeddingTests
{
    [Fact]
    public async Task Generators_TheNearestToThePropertyCounts()
    {
        var (ofProperty, ofCollection, ofStore) = (new Counting("p"), new Counting("c"), new Counting("s"));
        using SpladeVectorStore plain = Stores.InMemory();
        using var store = new SpladeVectorStore(ofStore, new() { InMemory = true });

        await UseAsync(plain, Definition(null, null));
        await UseAsync(store, Definition(null, null));
        Assert.Equal((0, 0, 2), (ofProperty.Calls, ofCollection.Calls, ofStore.Calls));
        await UseAsync(store, Definition(null, ofCollection), "second");
        Assert.Equal((0, 2, 2), (ofProperty.Calls, ofCollection.Calls, ofStore.Calls));
        await UseAsync(store, Definition(ofProperty, ofCollection), "third");

        Assert.Equal((2, 2, 2), (ofProperty.Calls, ofCollection.Calls, ofStore.Calls));
        Assert.Equal([null, nameof(SparseInputType.Query)], ofProperty.InputTypes);
    }

    [Fact]
    public async Task Generators_OfAnotherModel_DontMixInOneCollection()
    {
        using SpladeVectorStore store = Stores.InMemory();
        await UseAsync(store, Definition(null, null));

        var refused = await Assert.ThrowsAsync<VectorStoreException>(() => UseAsync(store, Definition(new Counting("another"), null)));

        Assert.Contains("another", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generator_OfTheCollectionsOptions_TakesTheStoresPlace()
    {
        var (ofCollection, ofStore) = (new Counting("c"), new Counting("s"));
        using var store = new SpladeVectorStore(ofStore, new() { InMemory = true });
        var collection = new SpladeCollection<string, Article>(store, Stores.Name, new() { EmbeddingGenerator = ofCollection });
        await collection.EnsureCollectionExistsAsync();

        await collection.UpsertAsync(Stores.Articles);

        Assert.Equal((1, 0), (ofCollection.Calls, ofStore.Calls));
    }

    [Fact]
    public async Task Encoder_ReturnsMoreVectorsThanTexts_IsRefused()
    {
        using var store = new SpladeVectorStore(new WordEncoder { Extra = 1 }, new() { InMemory = true });

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => UseAsync(store, Definition(null, null)));

        Assert.Equal("The encoder was given 1 texts and returned 2 vectors.", refused.Message);
    }

    [Fact]
    public void Model_GivenTwice_IsRefusedByName()
    {
        var generator = new Counting("g");

        Assert.Contains("EmbeddingGenerator is set", Assert.Throws<ArgumentException>(
            () => new SpladeVectorStore(new WordEncoder(), new() { InMemory = true, EmbeddingGenerator = generator })).Message, StringComparison.Ordinal);
        Assert.Contains("EncoderName is set", Assert.Throws<ArgumentException>(
            () => new SpladeVectorStore(generator, new() { InMemory = true, EncoderName = "code" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generator_OfDenseVectors_IsRefusedByName()
    {
        using SpladeVectorStore store = Stores.InMemory();
        VectorStoreCollectionDefinition definition = Definition(null, null);
        definition.EmbeddingGenerator = new Dense();

        var refused = Assert.Throws<InvalidOperationException>(() => store.GetDynamicCollection("dense", definition));

        Assert.Contains(nameof(Dense), refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SparseEmbedding), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generator_WithoutAName_IsRefused()
    {
        using SpladeVectorStore store = Stores.InMemory();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => UseAsync(store, Definition(new Counting(null), null)));

        Assert.Contains(nameof(ModelFingerprint), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embeddings_OfTheRecordsOwn_ComeBackAndAreSearchedByText()
    {
        using SpladeVectorStore store = Stores.InMemory();
        SpladeCollection<int, Embedded> collection = store.GetCollection<int, Embedded>("own");
        await collection.EnsureCollectionExistsAsync();
        SparseVector vector = new WordEncoder().Encode("a dog");

        await collection.UpsertAsync([new() { Id = 1, Vector = new SparseEmbedding(vector) }, new() { Id = 2 }]);

        Assert.Null((await collection.GetAsync(1))!.Vector);
        Assert.Equal(vector, (await collection.GetAsync(1, new() { IncludeVectors = true }))!.Vector!.Vector);
        Assert.Null((await collection.GetAsync(2, new() { IncludeVectors = true }))!.Vector);
        VectorSearchResult<Embedded> hit = Assert.Single(await collection.SearchAsync("canine", 5, new() { IncludeVectors = true }).ListAsync());
        Assert.Equal((1, vector), (hit.Record.Id, hit.Record.Vector!.Vector));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => collection.UpsertAsync(new Embedded { Id = 3, Vector = new SparseEmbedding(vector) { ModelId = "another" } }));
    }

    [Theory]
    [InlineData(5, 2 * 255 / 51.2)]
    [InlineData(100, 2 * 50)]
    public async Task Embeddings_HeavierThanTheQuantizersRange_AreCutToIt(double range, double score)
    {
        using SpladeVectorStore store = Stores.InMemory(options => options.QuantizerRange = range);
        SpladeCollection<int, Embedded> collection = store.GetCollection<int, Embedded>("own");
        await collection.EnsureCollectionExistsAsync();

        await collection.UpsertAsync(new Embedded { Id = 1, Vector = new SparseEmbedding(SparseVector.Create([new SparseTerm("dog", 50)])) });

        Assert.Equal(score, Assert.Single(await collection.SearchAsync("dog", 5).ListAsync()).Score!.Value, 1e-4);
    }

    [Fact]
    public async Task Input_OfAnotherType_GoesThroughItsGenerator()
    {
        using SpladeVectorStore store = Stores.InMemory();
        SpladeCollection<object, Dictionary<string, object?>> pages = await PagesAsync(store, new OfPages());

        await pages.UpsertAsync([new() { ["Id"] = "1", ["Page"] = new Uri("http://a/dog") }, new() { ["Id"] = "2", ["Page"] = new Uri("http://a/fox") }]);

        Assert.Equal("1", Assert.Single(await pages.SearchAsync(new Uri("http://b/dog"), top: 5).ListAsync()).Record["Id"]);
    }

    [Theory]
    [InlineData(0, "made 0")]
    [InlineData(2, "made 2")]
    public async Task Input_OfAnotherType_AndMoreOrFewerEmbeddings_IsRefused(int each, string made)
    {
        using SpladeVectorStore store = Stores.InMemory();
        SpladeCollection<object, Dictionary<string, object?>> pages = await PagesAsync(store, new OfPages(each));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => pages.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "1", ["Page"] = new Uri("http://a/dog") }));

        Assert.Equal($"The embedding generator was given 1 values and {made} embeddings.", refused.Message);
    }

    [Fact]
    public async Task Upsert_EncoderFails_NamesRecordAndProperty()
    {
        using SpladeVectorStore store = Stores.InMemory();
        SpladeCollection<string, Article> collection = await store.FilledAsync();

        var failed = await Assert.ThrowsAsync<SparseEncodingException>(() => collection.UpsertAsync(
            [new() { Id = "a", Meaning = null }, new() { Id = "b", Meaning = "a dog" }, new() { Id = "c", Meaning = WordEncoder.Unencodable }]));

        Assert.Equal((2, "Property 'Meaning' of the record 'c': The model put out NaN for the text at index 2."), (failed.Index, failed.Message));
        Assert.Null(await collection.GetAsync("b"));
    }

    private static VectorStoreCollectionDefinition Definition(IEmbeddingGenerator? ofProperty, IEmbeddingGenerator? ofCollection) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty("Id", typeof(string)),
            new VectorStoreVectorProperty("Meaning", typeof(string), 1) { EmbeddingGenerator = ofProperty },
        ],
        EmbeddingGenerator = ofCollection,
    };

    private static async Task<SpladeCollection<object, Dictionary<string, object?>>> PagesAsync(SpladeVectorStore store, OfPages generator)
    {
        SpladeCollection<object, Dictionary<string, object?>> pages = store.GetDynamicCollection("pages", new()
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(string)), new VectorStoreVectorProperty<Uri>("Page", 1) { EmbeddingGenerator = generator }],
        });
        await pages.EnsureCollectionExistsAsync();
        return pages;
    }

    private static async Task UseAsync(SpladeVectorStore store, VectorStoreCollectionDefinition definition, string name = "first")
    {
        SpladeCollection<object, Dictionary<string, object?>> collection = store.GetDynamicCollection(name, definition);
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "1", ["Meaning"] = "a dog" });
        Assert.Single(await collection.SearchAsync("dog", top: 5).ListAsync());
    }

    public sealed class Embedded
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreVector(1, DistanceFunction = DistanceFunction.DotProductSimilarity, IndexKind = IndexKind.Flat)]
        public SparseEmbedding? Vector { get; set; }
    }
}
