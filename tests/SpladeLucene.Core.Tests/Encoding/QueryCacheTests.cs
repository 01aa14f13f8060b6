namespace SpladeLucene.Core.Tests;

public sealed class QueryCacheTests
{
    [Fact]
    public void EncodeQuery_AskedAgain_IsRememberedUntilOthersCome()
    {
        ISparseEncoder words = new WordEncoder();
        using var cache = new QueryCache(words, capacity: 2);

        Assert.Equal(words.EncodeQuery("dog"), cache.EncodeQuery("dog"));
        Assert.Same(cache.EncodeQuery("dog"), cache.EncodeQuery("dog"));
        cache.EncodeQuery("cat");
        SparseVector dog = cache.EncodeQuery("dog");
        cache.EncodeQuery("fox");
        Assert.Equal((3L, 3L), (cache.Hits, cache.Misses));

        // The cat was asked for longest ago.
        Assert.Same(dog, cache.EncodeQuery("dog"));
        cache.EncodeQuery("cat");
        Assert.Equal((4L, 4L), (cache.Hits, cache.Misses));
    }

    [Fact]
    public async Task EncodeQueryAsync_SharesWhatIsRememberedAndIsCancelled()
    {
        using var cache = new QueryCache(new WordEncoder());
        SparseVector dog = await cache.EncodeQueryAsync("dog");

        Assert.Same(dog, cache.EncodeQuery("dog"));
        Assert.Equal((1L, 1L), (cache.Hits, cache.Misses));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.EncodeQueryAsync("dog", new CancellationToken(true)));
    }

    [Fact]
    public async Task Members_AreThoseOfTheEncoder()
    {
        ISparseEncoder words = new WordEncoder();
        using var cache = new QueryCache(words);

        Assert.Equal(
            (words.Fingerprint, words.QueryIdfExponent, words.FloorShare, words.FusionWeight, words.TokensEncoded),
            (cache.Fingerprint, cache.QueryIdfExponent, cache.FloorShare, cache.FusionWeight, cache.TokensEncoded));
        Assert.Equal(words.Encode("a dog"), cache.Encode("a dog"));
        Assert.Equal(await words.EncodeAsync(["dog", "cat"]), await cache.EncodeAsync(["dog", "cat"]));
        Assert.Equal((0L, 0L), (cache.Hits, cache.Misses));
    }

    [Fact]
    public void EncodeQuery_FromManyThreads_GivesEachItsOwn()
    {
        ISparseEncoder words = new WordEncoder();
        using var cache = new QueryCache(words, capacity: 3);
        string[] queries = ["dog", "cat", "fox", "owl", "dog cat"];
        Parallel.For(0, 5000, i => Assert.Equal(
            words.EncodeQuery(queries[i % queries.Length]), cache.EncodeQuery(queries[i % queries.Length])));
        Assert.Equal(5000, cache.Hits + cache.Misses);
    }

    [Fact]
    public void Constructor_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new QueryCache(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QueryCache(new WordEncoder(), 0));
    }
}
