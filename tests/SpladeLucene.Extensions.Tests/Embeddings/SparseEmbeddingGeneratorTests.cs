using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpladeLucene.Extensions.Tests.Support;
using SpladeLucene.Models;
using SpladeLucene.Onnx;

namespace SpladeLucene.Extensions.Tests.Embeddings;

public sealed class SparseEmbeddingGeneratorTests
{
    [Fact]
    public async Task Generate_TextsAndQueries_AreTheEncodersVectors()
    {
        using OnnxSparseEncoder encoder = SpladeTinyEn.Load();
        string[] texts = ["how to train a dog", "", "the history of the fox"];

        GeneratedEmbeddings<SparseEmbedding> documents = await new SparseEmbeddingGenerator(encoder).GenerateAsync(texts);
        GeneratedEmbeddings<SparseEmbedding> queries =
            await new SparseEmbeddingGenerator(encoder, SparseInputType.Query).GenerateAsync(texts);

        Assert.Equal(await encoder.EncodeAsync(texts), documents.Select(embedding => embedding.Vector));
        Assert.Equal(texts.Select(encoder.EncodeQuery), queries.Select(embedding => embedding.Vector));
        Assert.All(documents, embedding => Assert.Equal("splade-tiny-en", embedding.ModelId));
    }

    [Theory]
    [InlineData(SparseInputType.Document)]
    [InlineData(SparseInputType.Query)]
    public async Task Generate_TextThatFails_SaysWhich(SparseInputType type)
    {
        using var encoder = new WordEncoder();
        var generator = new SparseEmbeddingGenerator(encoder, type);

        var failure = await Assert.ThrowsAsync<SparseEncodingException>(
            () => generator.GenerateAsync(["dog", WordEncoder.Unencodable]));

        Assert.Equal(1, failure.Index);
    }

    [Fact]
    public async Task Generate_WhatItCannotServe_IsRefused()
    {
        using var encoder = new WordEncoder();
        var generator = new SparseEmbeddingGenerator(encoder);

        await Assert.ThrowsAsync<NotSupportedException>(
            () => generator.GenerateAsync(["dog"], new EmbeddingGenerationOptions { Dimensions = 128 }));
        await Assert.ThrowsAsync<NotSupportedException>(
            () => generator.GenerateAsync(["dog"], new EmbeddingGenerationOptions { ModelId = "other" }));
        Assert.Single(await generator.GenerateAsync(["dog"], new EmbeddingGenerationOptions { ModelId = "words" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SparseEmbeddingGenerator(encoder, (SparseInputType)7));
    }

    [Fact]
    public void AddSplade_RegistersGeneratorsOfTextsAndQueries()
    {
        using ServiceProvider services = new ServiceCollection().AddSplade(o => o.EncoderFactory = _ => new WordEncoder())
            .AddSplade("code", o => o.EncoderFactory = _ => new WordEncoder("code")).BuildServiceProvider();
        SparseEmbeddingGenerator Keyed(string key) => (SparseEmbeddingGenerator)services
            .GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>(key);

        var generator = services.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();

        Assert.Equal("words", generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
        Assert.Same(services.GetRequiredService<ISparseEncoder>(), generator.GetService<ISparseEncoder>());
        Assert.Equal(SparseInputType.Query, Keyed("query").InputType);
        Assert.Equal("code", Keyed("code").GetService<ModelFingerprint>()!.Name);
        Assert.Equal(SparseInputType.Query, Keyed(SparseEmbeddingGenerator.QueryKeyOf("code")).InputType);
        Assert.Null(Keyed("code").GetService(typeof(ISparseEncoder), "key"));
    }

    [Fact]
    public async Task UseDistributedCache_AgainAsked_EncodesOnceAndKeepsModelsAndQueriesApart()
    {
        using WordEncoder first = new(), second = new("others");
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        using IEmbeddingGenerator<string, SparseEmbedding> documents = Cached(new SparseEmbeddingGenerator(first), cache);
        using IEmbeddingGenerator<string, SparseEmbedding> others = Cached(new SparseEmbeddingGenerator(second), cache);

        SparseEmbedding made = await documents.GenerateAsync("an agile dog");
        SparseEmbedding again = await documents.GenerateAsync("an agile dog");
        await others.GenerateAsync("an agile dog");

        Assert.Equal(made.Vector.ToArray(), again.Vector.ToArray());
        Assert.Equal((1, 1), (first.Batches, second.Batches));
        Assert.NotEqual(new SparseEmbeddingGenerator(first).CacheKey,
            new SparseEmbeddingGenerator(first, SparseInputType.Query).CacheKey);
    }

    [Fact]
    public async Task UseOpenTelemetryAndLogging_TellOfTheModel()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "splade-test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var log = new LogLines();
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        using var encoder = new WordEncoder();
        using IEmbeddingGenerator<string, SparseEmbedding> generator = new SparseEmbeddingGenerator(encoder).AsBuilder()
            .UseOpenTelemetry(loggers, "splade-test").UseLogging(loggers).Build();

        await generator.GenerateAsync("dog");

        Activity span = Assert.Single(spans);
        Assert.Equal("embeddings words", span.DisplayName);
        Assert.Equal("splade", span.GetTagItem("gen_ai.provider.name"));
        Assert.Contains(log.Lines, line => line.Text.Contains("GenerateAsync", StringComparison.Ordinal));
    }

    private static IEmbeddingGenerator<string, SparseEmbedding> Cached(
        SparseEmbeddingGenerator generator, MemoryDistributedCache cache) => generator.AsBuilder()
        .UseDistributedCache(cache, c => c.CacheKeyAdditionalValues = [generator.CacheKey]).Build();
}
