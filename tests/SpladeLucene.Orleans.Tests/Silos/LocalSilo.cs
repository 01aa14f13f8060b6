using System.Net;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using SpladeLucene.Grains;
using SpladeLucene.Replicas;

namespace SpladeLucene.Tests.Clusters.Silos;

/// <summary>What a silo is to its replicas: its name, its start and end, and its log.</summary>
internal sealed class LocalSilo(string name) : ILocalSiloDetails, ISiloLifecycle, ILogger<SiloReplicas>, ILogger<SiloUpkeep>
{
    private readonly List<(int Stage, ILifecycleObserver Observer)> _observers = [];
    private readonly List<int> _logged = [];

    public string Name => name;

    public string ClusterId => "local";

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress
    {
        get
        {
            Asked();
            return field;
        }
    } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1);

    /// <summary>What happens when its address is asked for, as where a replica is opened.</summary>
    public Action Asked { get; set; } = () => { };

    public SiloAddress GatewayAddress => SiloAddress;

    public int HighestCompletedStage => 0;

    public int LowestStoppedStage => 0;

    /// <summary>The events that were logged.</summary>
    public int[] Logged
    {
        get
        {
            lock (_logged) return [.. _logged];
        }
    }

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _observers.Add((stage, observer));
        return new MemoryStream();
    }

    public async Task StartAsync(int until = int.MaxValue)
    {
        foreach ((int stage, ILifecycleObserver observer) in _observers.OrderBy(each => each.Stage))
        {
            if (stage <= until) await observer.OnStart();
        }
    }

    public async Task StopAsync()
    {
        foreach ((_, ILifecycleObserver observer) in _observers.OrderByDescending(each => each.Stage)) await observer.OnStop();
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_logged) _logged.Add(eventId.Id);
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
