using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace SpladeLucene.Tests.Clusters.Routing;

/// <summary>Three silos in this process that hold the indexes of all shapes, and a client that searches them.</summary>
public sealed class TestClusters : IAsyncLifetime, IDisposable
{
    internal static readonly string[] Silos = ["Silo_0", "Silo_1", "Silo_2"];
    private const string NextField = "splade2";

    private readonly TemporaryFolder _folder = new();
    private InProcessTestCluster? _cluster;

    internal static IEnumerable<SpladeClusterOptions> Shapes =>
    [
        .. new[] { 1, 2, 4, 8 }.SelectMany(shards => new[] { "even", "skewed", "ordered" }.Select(
            split => Options($"{split}-{shards}", shards, 1) with { AnalyzerFactory = () => TestIndex.Whitespace })),
        Options("replicated", 2, 2), Options("single", 3, 1), Options("other", 1, 1),
        Options("changing", 2, 1) with { NextField = NextField },
    ];

    internal CountingEncoder Encoder { get; } = new();

    internal CountingEncoder NextEncoder { get; } = new("next") { Salt = 3 };

    internal InProcessTestCluster Cluster => _cluster!;

    internal ISpladeCluster Find(string name) => Cluster.Client.ServiceProvider.GetRequiredKeyedService<ISpladeCluster>(name);

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((silo, configured) =>
        {
            foreach (SpladeClusterOptions options in Shapes) configured.AddSpladeShards(_folder.PathOf(silo.SiloName), options);
        });
        builder.ConfigureClientHost(client =>
        {
            client.Services.AddSingleton<ISparseEncoder>(Encoder).AddKeyedSingleton<ISparseEncoder>(NextField, NextEncoder);
            foreach (SpladeClusterOptions options in Shapes) client.Services.AddSpladeCluster(options);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    private static SpladeClusterOptions Options(string name, int shards, int replicas) => new()
    {
        Name = name, Shards = shards, Replicas = replicas, Silos = Silos, RefreshInterval = TimeSpan.FromHours(1),
    };
}
