using System.Reflection;
using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using SpladeLucene.Extensions.Tests.Support;

namespace SpladeLucene.Extensions.Tests.Indexes;

public sealed class LifetimeTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunningHost_MakesVisibleAndCommitsByItself()
    {
        var log = new LogLines();
        using IHost host = Articles.In(_folder.Root, o => (o.RefreshInterval, o.CommitInterval) = (Soon, Soon), log.AddTo);
        await host.StartAsync();
        await host.Index().UpdateAsync(Articles.Json);

        await UntilAsync(async () => (await host.Index().SearchAsync("dog")).TotalHits == 2);
        // Another reader sees the file of the very first commit before it is whole: its log line says when it is.
        await UntilAsync(() => Task.FromResult(log.Lines.Any(line => line.Id.Id == 3) && Committed() == 3));

        Assert.Contains(log.Lines, line => line.Id.Id == 2 && line.Text.StartsWith("The index 'articles' is open", StringComparison.Ordinal));
        await host.StopAsync();
        Assert.Contains(log.Lines, line => line.Id.Id == 3);
    }

    [Fact]
    public async Task Stop_CommitsWhatWasWritten()
    {
        using (IHost host = Articles.In(_folder.Root, o => o.CommitInterval = TimeSpan.Zero))
        {
            await host.StartAsync();
            await host.FillAsync();
            Assert.False(DirectoryReader.IndexExists(host.Index().Directory));
            await host.StopAsync();
            Assert.Equal(3, Committed());
        }

        using IHost again = Articles.In(_folder.Root, o => o.MustExist = true);
        await again.StartAsync();
        Assert.Equal(2, (await again.Index().SearchAsync("dog")).TotalHits);
    }

    [Fact]
    public async Task Stop_DuringIndexing_KeepsWhatWasCommittedAndClosesTheIndex()
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        Task<SpladeWriteResult> writing;
        using (IHost host = Articles.In(_folder.Root, o => (o.BatchSize, o.CommitInterval) = (5, TimeSpan.Zero)))
        {
            await host.StartAsync();
            ISpladeIndex index = await host.FillAsync();
            await index.CommitAsync();
            writing = Task.Run(() => index.UpdateAsync(Endless(begun), stop.Token));
            await begun.Task;
            await host.StopAsync();
        }

        // The writer is closed by now: what still arrives is refused, not lost in silence.
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => writing.WaitAsync(TimeSpan.FromMinutes(2)));
        using IHost again = Articles.In(_folder.Root);
        ISpladeIndex reopened = again.Index();
        Assert.True(reopened.Writer.NumDocs >= 3 + 50, $"{reopened.Writer.NumDocs} documents");
        Assert.Equal(["3"], (await reopened.SearchAsync("fox")).Keys());
    }

    [Fact]
    public async Task Container_WithoutAHost_WorksAndCommitsWhenDisposed()
    {
        await using (ServiceProvider services = new ServiceCollection().AddSplade(o => o.EncoderFactory = _ => new WordEncoder())
            .AddSpladeIndex("articles", o => (o.Directory, o.Sources) = (_folder.Root, ["body"])).BuildServiceProvider())
        {
            await services.GetRequiredKeyedService<ISpladeIndex>("articles").UpdateAsync(Articles.Json);
            Assert.Same(services.GetRequiredService<ISpladeIndex>(), services.GetRequiredKeyedService<ISpladeIndex>("articles"));
        }

        Assert.Equal(3, Committed());
    }

    [Fact]
    public async Task TwoIndexes_EachWithItsEncoder_AreToldApartByTheirKeys()
    {
        using IHost host = Hosts.Build(services => services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder())
            .AddSplade("code", o => o.EncoderFactory = _ => new WordEncoder("code"))
            .AddSpladeIndex("articles", o => o.DirectoryFactory = _ => new RAMDirectory()).AddSpladeIndex("sources"),
            ("Splade:Indexes:articles:Sources:0", "body"), ("Splade:Indexes:sources:Sources:0", "text"),
            ("Splade:Indexes:sources:Directory", _folder.Root), ("Splade:Indexes:sources:EncoderName", "code"),
            ("Splade:Indexes:sources:ImpactBudgetInBytes", "1000000"), ("Splade:Indexes:sources:RefreshInterval", "00:00:02"));
        await host.StartAsync();

        var sources = host.Services.GetRequiredKeyedService<ISpladeIndex>("sources");
        Assert.Equal(("sources", "code"), (sources.Name, sources.Definition.Encoder.Fingerprint.Name));
        Assert.Equal("words",
            host.Services.GetRequiredKeyedService<ISpladeIndex>("articles").Definition.Encoder.Fingerprint.Name);
        Assert.NotSame(ImpactCache.Shared, sources.Read(searcher => searcher.Options.Impacts));
        string refused = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<ISpladeIndex>()).Message;
        Assert.Equal("There are 2 indexes, articles, sources: say which, such as [FromKeyedServices(\"articles\")] ISpladeIndex.",
            refused);
    }

    [Fact]
    public async Task ImpactFolder_OfTheConfiguration_LiesUnderTheContentRootAndLeavesTheBudgetAsItIs()
    {
        using IHost host = Hosts.Build(services => services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder()).AddSpladeIndex("articles"),
            ("Splade:Indexes:articles:Sources:0", "body"), ("Splade:Indexes:articles:Directory", _folder.Root),
            ("Splade:Indexes:articles:ImpactFolder", "impacts"));
        await host.StartAsync();

        string root = host.Services.GetRequiredService<IHostEnvironment>().ContentRootPath;
        ImpactCacheOptions found = host.Services.GetRequiredKeyedService<ISpladeIndex>("articles")
            .Read(searcher => searcher.Options.Impacts.Options);
        Assert.Equal(Path.GetFullPath("impacts", root), found.Folder);
        Assert.Equal(new ImpactCacheOptions().BudgetInBytes, found.BudgetInBytes);
    }

    [Fact]
    public async Task Stop_CommitsWhatOthersWriteWhileTheyStop()
    {
        using IHost host = Hosts.Build(services => services.AddSingleton<IHostedService, LateWriter>()
            .AddSplade(o => o.EncoderFactory = _ => new WordEncoder())
            .AddSpladeIndex("articles", o => (o.Directory, o.Sources, o.CommitInterval) = (_folder.Root, ["body"], TimeSpan.Zero)));
        await host.StartAsync();

        await host.StopAsync();

        Assert.Equal(3, Committed());
    }

    [Fact]
    public async Task Options_ChangedAfterwards_ChangeNothing()
    {
        SpladeIndexOptions? kept = null;
        using IHost host = Articles.In(_folder.Root, o => kept = o);
        ISpladeIndex index = await host.FillAsync();
        kept!.KeyField = "title";
        kept.WordsAloneOnFailure = true;

        Assert.Equal("id", index.KeyField);
        Assert.Equal(["3"], (await index.SearchAsync("fox")).Keys());
        await Assert.ThrowsAsync<SparseEncodingException>(() => index.SearchAsync(WordEncoder.Unencodable));
    }

    [Fact]
    public async Task Index_Decorated_IsWhatTheApplicationGetsAndTheHostKeepsTheOneBeneath()
    {
        using IHost host = Hosts.Build(services =>
        {
            services.AddSplade(o => o.EncoderFactory = _ => new WordEncoder())
                .AddSpladeIndex("articles", o => (o.Directory, o.Sources) = (_folder.Root, ["body"]));
            services.AddLogging().AddHealthChecks().AddSpladeIndex("articles");
            ServiceDescriptor beneath = services.Last(service => service.ServiceType == typeof(ISpladeIndex) && service.IsKeyedService);
            services.AddKeyedSingleton("articles",
                (provider, key) => Decorated.Around((ISpladeIndex)beneath.KeyedImplementationFactory!(provider, key)));
        });
        await host.StartAsync();

        var index = host.Services.GetRequiredService<ISpladeIndex>();
        await index.UpdateAsync(Articles.Json);
        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        await host.StopAsync();

        Assert.Equal(1, ((Decorated)index).Updates);
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Equal(3, Committed());
    }

    private int Committed()
    {
        using FSDirectory directory = FSDirectory.Open(_folder.Root);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        return reader.NumDocs;
    }

    private static IEnumerable<JsonElement> Endless(TaskCompletionSource begun)
    {
        for (int i = 0; ; i++)
        {
            if (i == 60) begun.SetResult();
            yield return JsonSerializer.SerializeToElement(new { id = $"n{i}", body = "a cat" });
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (int tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 5000, "It never came to be.");
            await Task.Delay(Soon);
        }
    }

    /// <summary>Is registered before the index, and so stopped after it.</summary>
    private sealed class LateWriter(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) =>
            services.GetRequiredService<ISpladeIndex>().UpdateAsync(Articles.Json, cancellationToken);
    }

    /// <summary>Counts what an application writes.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "A proxy is made as a subclass.")]
    private class Decorated : DispatchProxy
    {
        private ISpladeIndex _beneath = null!;

        public int Updates { get; private set; }

        public static ISpladeIndex Around(ISpladeIndex beneath)
        {
            ISpladeIndex index = Create<ISpladeIndex, Decorated>();
            ((Decorated)index)._beneath = beneath;
            return index;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(ISpladeIndex.UpdateAsync)) Updates++;
            return targetMethod.Invoke(_beneath, args);
        }
    }
}
