using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpladeLucene;

namespace Cluster;

/// <summary>Three silos as processes, each with a folder of its own, and one in this process that is asked.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly Dictionary<string, Process> _silos = [];
    private readonly Dictionary<string, int> _ports;
    private readonly string _root;
    private readonly int _primaryPort;
    private readonly IHost _here;

    private LocalCluster(string root, ISparseEncoder encoder)
    {
        int[] ports = FreePorts(1 + Silos.Options.Silos.Count);
        (_root, _primaryPort) = (root, ports[0]);
        _ports = Silos.Options.Silos.Zip(ports.Skip(1)).ToDictionary(pair => pair.First, pair => pair.Second);
        _here = Silos.Build("front", _primaryPort, _primaryPort, Path.Combine(root, "front"), encoder);
    }

    public ISpladeCluster Index => _here.Services.GetRequiredService<ISpladeCluster>();

    public IReadOnlyCollection<string> Names => _ports.Keys;

    public static async Task<LocalCluster> StartAsync(string root, ISparseEncoder encoder)
    {
        var cluster = new LocalCluster(root, encoder);
        await cluster._here.StartAsync();
        foreach (string name in cluster.Names) cluster.Start(name);
        await cluster.WaitUntilAllServeAsync();
        return cluster;
    }

    public void Start(string name)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true };
        foreach (string argument in new[]
        {
            typeof(LocalCluster).Assembly.Location, "silo", name, Text(_ports[name]), Text(_primaryPort), Path.Combine(_root, name),
        })
        {
            start.ArgumentList.Add(argument);
        }

        _silos[name] = Process.Start(start)!;
    }

    /// <summary>Ends a silo at once, wherever it is.</summary>
    public void Kill(string name)
    {
        using Process silo = _silos[name];
        _silos.Remove(name);
        silo.Kill();
        silo.WaitForExit();
    }

    public bool IsUp(string name) => _silos.ContainsKey(name);

    public async Task WaitUntilAllServeAsync()
    {
        while (!(await Index.GetReplicasAsync()).All(replica => replica.IsServing)) await Task.Delay(100);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string name in Names.Where(IsUp)) Kill(name);
        // Nobody is left to hand anything over to.
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _here.StopAsync(atOnce.Token);
        if (_here is IAsyncDisposable here) await here.DisposeAsync();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) listener.Dispose();
        return ports;
    }
}
