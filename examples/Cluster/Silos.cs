using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using SpladeLucene;

namespace Cluster;

/// <summary>What the silos of the example are: three that hold the index, and one that has the membership and searches.</summary>
internal static class Silos
{
    public static readonly SpladeClusterOptions Options = new()
    {
        Silos = ["a", "b", "c"], Shards = 3, Replicas = 2,
        WriteTimeout = TimeSpan.FromMinutes(1), CommitInterval = TimeSpan.FromSeconds(3), LogBytesKept = 1 << 16,
    };

    /// <summary>A silo in this process, until its standard input ends, which it does when the example does.</summary>
    public static async Task RunAsync(string name, int siloPort, int primaryPort, string folder)
    {
        using IHost host = Build(name, siloPort, primaryPort, folder);
        await host.StartAsync();
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nothing is said to a silo.
        }

        await host.StopAsync();
    }

    public static IHost Build(string name, int siloPort, int primaryPort, string folder, ISparseEncoder? encoder = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            // In earnest the membership is in a database: here it goes with the process that starts the others.
            silo.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, primaryPort));
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort: 0);
            silo.Configure<SiloOptions>(options => options.SiloName = name);
            // How soon a silo that is gone is declared dead, and writes go on without it.
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(1);
                options.NumMissedProbesLimit = 2;
                options.NumVotesForDeathDeclaration = 1;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            });
            silo.AddSpladeShards(folder, Options);
        });
        if (encoder is not null)
        {
            builder.Services.AddSingleton(encoder);
            builder.Services.AddSpladeCluster(Options);
        }

        return builder.Build();
    }
}
