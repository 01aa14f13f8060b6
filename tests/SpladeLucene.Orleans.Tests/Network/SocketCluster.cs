using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace SpladeLucene.Tests.Clusters.Network;

/// <summary>Three silos of this process with faulty sockets, and one that has the membership, writes and searches.</summary>
public sealed class SocketCluster : IAsyncLifetime, IDisposable
{
    internal static readonly SpladeClusterOptions Single = new()
    {
        Name = "single", Silos = ["a", "b", "c"], Shards = 3, RefreshInterval = TimeSpan.FromHours(1), WriteTimeout = TimeSpan.FromSeconds(6),
        AnalyzerFactory = () => TestIndex.Whitespace,
    };

    internal static readonly SpladeClusterOptions Replicated = Single with { Name = "replicated", Replicas = 2 };

    private readonly TemporaryFolder _folder = new();
    private readonly CountingEncoder _encoder = new();
    private readonly List<IHost> _hosts = [];

    internal IReadOnlyDictionary<string, FaultyConnections> Silos { get; } =
        Single.Silos.ToDictionary(name => name, _ => new FaultyConnections());

    internal ISpladeCluster Find(SpladeClusterOptions options) => _hosts[0].Services.GetRequiredKeyedService<ISpladeCluster>(options.Name);

    public async Task InitializeAsync()
    {
        int primary = FreePort();
        _hosts.Add(Build("front", primary, primary));
        foreach (string name in Single.Silos) _hosts.Add(Build(name, FreePort(), primary));
        foreach (IHost host in _hosts) await host.StartAsync();
        foreach (SpladeClusterOptions options in new[] { Single, Replicated })
        {
            while (!(await Find(options).GetReplicasAsync()).All(replica => replica.IsServing)) await Task.Delay(50);
        }
    }

    public async Task DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        foreach (IHost host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync(atOnce.Token);
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _folder.Dispose();
    }

    private IHost Build(string name, int port, int primary)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, primary));
            silo.ConfigureEndpoints(IPAddress.Loopback, port, gatewayPort: 0);
            if (Silos.TryGetValue(name, out FaultyConnections? faulty)) faulty.AddTo(silo);
            // A silo that isn't reached for a while isn't dead.
            silo.Configure<ClusterMembershipOptions>(options => options.NumMissedProbesLimit = 100);
            // The membership is asked of a silo here, and that answer may be lost too.
            silo.Configure<SiloMessagingOptions>(options => options.SystemResponseTimeout = TimeSpan.FromSeconds(2));
            silo.Configure<SiloOptions>(options => options.SiloName = name);
            foreach (SpladeClusterOptions options in new[] { Single, Replicated }) silo.AddSpladeShards(_folder.PathOf(name), options);
        });
        builder.Services.AddSingleton<ISparseEncoder>(_encoder);
        foreach (SpladeClusterOptions options in new[] { Single, Replicated }) builder.Services.AddSpladeCluster(options);
        return builder.Build();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
