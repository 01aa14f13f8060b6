using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;
using SpladeLucene.VectorData.Tests.Support;

namespace SpladeLucene.VectorData.Tests;

public sealed partial class HostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Registered_StoreAndCollection_AreInjectedAndKeepWhatIsWritten()
    {
        for (int run = 0; run < 2; run++)
        {
            using IHost host = Build(services => Words(services).AddSpladeVectorStore().AddSpladeCollection<string, Article>(Stores.Name),
                ("Splade:VectorStore:Directory", _folder.Root), ("Splade:VectorStore:CommitOnWrite", "false"));
            await host.StartAsync();
            var collection = host.Services.GetRequiredService<VectorStoreCollection<string, Article>>();
            if (run == 0)
            {
                await collection.EnsureCollectionExistsAsync();
                await collection.UpsertAsync(Stores.Articles);
            }

            Assert.Equal(["1", "2"], await host.Services.GetRequiredService<IVectorSearchable<Article>>().SearchAsync("dog", 5).IdsAsync());
            Assert.Same(collection, host.Services.GetRequiredService<IKeywordHybridSearchable<Article>>());
            Assert.Same(host.Services.GetRequiredService<SpladeVectorStore>(), host.Services.GetRequiredService<VectorStore>());
            await host.StopAsync();
        }
    }

    [Fact]
    public async Task Registered_GeneratorInThePlaceOfAddSplades_IsUsed()
    {
        var generator = new Named();
        using IHost host = Build(services => Words(services.AddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(generator))
            .AddSpladeVectorStore(o => o.InMemory = true));

        await host.Services.GetRequiredService<SpladeVectorStore>().FilledAsync();

        Assert.Equal(1, generator.Calls);
    }

    [Fact]
    public async Task Registered_EncoderFailsAndTheWordsAnswer_IsLogged()
    {
        var log = new LogLines();
        using IHost host = Build(services => Words(services).AddLogging(logging => logging.AddProvider(log)).AddSpladeVectorStore(
            o => (o.InMemory, o.ConfigureHybrid) = (true, hybrid => hybrid with { WordsAloneOnFailure = true })));
        SpladeCollection<string, Article> collection = await host.Services.GetRequiredService<SpladeVectorStore>().FilledAsync();

        Assert.Equal(["2"], await collection.HybridSearchAsync(WordEncoder.Unencodable, ["canine"], top: 2).IdsAsync());

        Assert.Contains(log.Lines, line => line.Id.Id == 6 && line.Text.Contains($"'{Stores.Name}'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Splade:VectorStore:InMemory", "false", "The vector store has no place: set Splade:VectorStore:Directory")]
    [InlineData("Splade:VectorStore:Directory", "x", "leave one out of Splade:VectorStore")]
    [InlineData("Splade:VectorStore:EmbeddingGenerator", "x", "'Splade:VectorStore:EmbeddingGenerator' is no setting")]
    [InlineData("Splade:VectorStore:Folder", "x", "'Splade:VectorStore:Folder' is no setting")]
    [InlineData("Splade:VectorStore:MeaningWeight", "2", "Splade:VectorStore:MeaningWeight is 2, and 0 to 1 is expected")]
    [InlineData("Splade:VectorStore:QuantizerRange", "0", "Splade:VectorStore:QuantizerRange is 0, and 1e-6 to 1e6 is expected")]
    [InlineData("Splade:VectorStore:ImpactBudgetInBytes", "-1", "and 0 or more is expected")]
    [InlineData("Splade:VectorStore:EncoderName", "code", "no encoder 'code': call AddSplade(\"code\")")]
    public async Task Start_OneSettingIsWrong_SaysWhich(string key, string value, string expected)
    {
        var settings = new Dictionary<string, string> { ["Splade:VectorStore:InMemory"] = "true", [key] = value };
        using IHost host = Build(services => Words(services).AddSpladeVectorStore(), [.. settings.Select(setting => (setting.Key, setting.Value))]);

        Exception refused = (await Record.ExceptionAsync(() => host.StartAsync()))!;

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task Start_CollectionOfAnotherModel_OrLocked_SaysSo()
    {
        SpladeVectorStore store = Stores.In(_folder.Root, new WordEncoder("other"));
        await store.FilledAsync();
        Task<string> Refusal() => RefusalOf(services => Words(services).AddSpladeVectorStore(o => o.Directory = _folder.Root)
            .AddSpladeCollection<string, Article>(Stores.Name));

        Assert.Contains("writes in", await Refusal(), StringComparison.Ordinal);
        store.Dispose();
        Assert.Contains("other", await Refusal(), StringComparison.Ordinal);
        // The words of Microsoft.Extensions.VectorData.
        using IHost byDouble = Build(services => Words(services).AddSpladeVectorStore(o => o.InMemory = true)
            .AddSpladeCollection<double, Model.ModelTests.ByDouble>("d"));
        Assert.Contains("unsupported type", (await Record.ExceptionAsync(() => byDouble.StartAsync()))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SeveralCollectionsOfTheSameTypes_EachIsChecked()
    {
        using (SpladeVectorStore store = Stores.In(_folder.Root, new WordEncoder("other"))) await store.FilledAsync();

        string refused = await RefusalOf(services => Words(services).AddSpladeVectorStore(o => o.Directory = _folder.Root)
            .AddSpladeCollection<string, Article>(Stores.Name).AddSpladeCollection<string, Article>("second"));

        Assert.Contains($"'{Stores.Name}'", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Registered_SeveralCollectionsOfTheSameTypes_AreAllThere()
    {
        using IHost host = Build(services => Words(services).AddSpladeVectorStore(o => o.InMemory = true)
            .AddSpladeCollection<string, Article>("first").AddSpladeCollection<string, Article>("second"));

        Assert.Equal(["first", "second"], host.Services.GetServices<VectorStoreCollection<string, Article>>().Select(collection => collection.Name));
        Assert.Equal("second", host.Services.GetRequiredService<SpladeCollection<string, Article>>().Name);
    }

    [Fact]
    public async Task Registered_SectionOfTheCallersChoice_IsBound()
    {
        IConfiguration section = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("InMemory", (string?)"true")]).Build();
        using IHost host = Build(services => Words(services).AddSpladeVectorStore(section).AddKeyedSpladeVectorStore("other", section));
        await host.StartAsync();

        var other = host.Services.GetRequiredKeyedService<SpladeVectorStore>("other");
        Assert.NotSame(other, host.Services.GetRequiredService<SpladeVectorStore>());
        await other.FilledAsync();
    }

    [Fact]
    public async Task Registered_GeneratorAlone_NeedsNoEncoder()
    {
        var generator = new Named();
        using IHost host = Build(services => services.AddSpladeVectorStore(o => (o.InMemory, o.EmbeddingGenerator) = (true, generator)));
        await host.StartAsync();

        await host.Services.GetRequiredService<VectorStore>().GetCollection<string, Article>(Stores.Name).EnsureCollectionExistsAsync();
        await host.Services.GetRequiredService<SpladeVectorStore>().FilledAsync();

        Assert.Equal(1, generator.Calls);
    }

    [Fact]
    public async Task Start_WhatDoesntGoTogether_IsSaid()
    {
        Assert.Contains("has an EmbeddingGenerator: leave one out", await RefusalOf(services => Words(services).AddSpladeVectorStore(
            o => (o.InMemory, o.EncoderName, o.EmbeddingGenerator) = (true, "code", new Named()))), StringComparison.Ordinal);
        Assert.Contains("Splade:VectorStores:b:ImpactFolder is blank", await RefusalOf(services => Words(services).AddKeyedSpladeVectorStore(
            "b", o => (o.InMemory, o.ImpactFolder) = (true, " "))), StringComparison.Ordinal);
        using IHost unregistered = Build(services => Words(services), ("Splade:VectorStore:InMemory", "true"));
        Assert.Equal("'Splade:VectorStore' is set, and the application doesn't call AddSpladeVectorStore().",
            (await Record.ExceptionAsync(() => unregistered.StartAsync()))!.Message);
        using IHost misspelt = Build(services => Words(services).AddKeyedSpladeVectorStore("b", o => o.InMemory = true), ("Splade:VectorStores:c:InMemory", "true"));
        Assert.Equal("'Splade:VectorStores:c' is set, and the application doesn't call AddKeyedSpladeVectorStore(\"c\").",
            (await Record.ExceptionAsync(() => misspelt.StartAsync()))!.Message);
    }

    [Theory]
    [InlineData("Splade:VectorStore:InMemory", "'Splade:VectorStore' is set, and the application doesn't call AddSpladeVectorStore().")]
    [InlineData("Splade:VectorStores:c:InMemory", "'Splade:VectorStores:c' is set, and the application doesn't call AddKeyedSpladeVectorStore(\"c\").")]
    [InlineData("Splade:Model", "'Splade:Model' is set, and the application doesn't call AddSplade().")]
    public async Task Start_SectionThatNothingReads_IsSaidAlsoWhereThereIsNoEncoder(string key, string expected)
    {
        using IHost host = Build(services => services.AddKeyedSpladeVectorStore("b", o => (o.InMemory, o.EmbeddingGenerator) = (true, new Named())), (key, "true"));

        Assert.Equal(expected, (await Record.ExceptionAsync(() => host.StartAsync()))!.Message);
    }

    [Fact]
    public async Task Start_AndStop_AreBeforeAndAfterEverythingElse()
    {
        using (SpladeVectorStore store = Stores.In(_folder.Root)) await store.GetCollection<string, Article>(Stores.Name).EnsureCollectionExistsAsync();
        var order = new Others(_folder.Root);
        using IHost host = Build(services => Words(services.AddSingleton<IHostedService>(provider =>
        {
            order.Services = provider;
            return order;
        })).AddSpladeVectorStore(o => (o.Directory, o.CommitOnWrite) = (_folder.Root, false)).AddSpladeCollection<string, Article>(Stores.Name));

        await host.StartAsync();
        await host.StopAsync();

        Assert.True(order.WasOpen);
        using Lucene.Net.Store.FSDirectory directory = Lucene.Net.Store.FSDirectory.Open(_folder.PathOf(Stores.Name));
        using Lucene.Net.Index.DirectoryReader reader = Lucene.Net.Index.DirectoryReader.Open(directory);
        Assert.Equal(Stores.Articles.Length, reader.NumDocs);
    }

    private static IServiceCollection Words(IServiceCollection services) => services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder());

    private static IHost Build(Action<IServiceCollection> register, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        register(builder.Services);
        return builder.Build();
    }

    private static async Task<string> RefusalOf(Action<IServiceCollection> register)
    {
        using IHost host = Build(register);
        string refused = (await Record.ExceptionAsync(() => host.StartAsync()))!.Message;
        Assert.DoesNotMatch(@"[.!?\n] \p{Lu}", refused);
        return refused;
    }

    /// <summary>Starts before what is registered after it, and stops after that; in both it uses the collection.</summary>
    private sealed class Others(string folder) : IHostedService
    {
        public IServiceProvider Services { get; set; } = null!;

        public bool WasOpen { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            using (SpladeVectorStore another = Stores.In(folder)) WasOpen = await IsLockedAsync(another);
        }

        public Task StopAsync(CancellationToken cancellationToken) =>
            Services.GetRequiredService<VectorStoreCollection<string, Article>>().UpsertAsync(Stores.Articles, cancellationToken);

        private static async Task<bool> IsLockedAsync(SpladeVectorStore store) => await Record.ExceptionAsync(() => store.FilledAsync()) is VectorStoreException;
    }

    private sealed class Named : IEmbeddingGenerator<string, SparseEmbedding>
    {
        public int Calls { get; private set; }

        public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            return Task.FromResult(new GeneratedEmbeddings<SparseEmbedding>(values.Select(text => new SparseEmbedding(new WordEncoder().Encode(text)))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ModelFingerprint) ? new WordEncoder().Fingerprint : null;

        public void Dispose()
        {
        }
    }
}
