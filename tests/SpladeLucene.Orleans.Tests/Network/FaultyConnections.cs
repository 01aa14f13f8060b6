using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Hosting;

namespace SpladeLucene.Tests.Clusters.Network;

/// <summary>The sockets of a silo, in both directions, with the faults that a network has.</summary>
internal sealed class FaultyConnections
{
    private readonly ConcurrentDictionary<ConnectionContext, byte> _open = [];
    private volatile TaskCompletionSource? _held;
    private volatile bool _loses;

    /// <summary>How long what is sent takes, by milliseconds.</summary>
    public volatile int Delay;

    public void AddTo(ISiloBuilder silo) => silo.Configure<SiloConnectionOptions>(options =>
    {
        options.ConfigureSiloInboundConnection(connection => connection.Use(Connect));
        options.ConfigureSiloOutboundConnection(connection => connection.Use(Connect));
    });

    /// <summary>Nothing arrives, and no connection ends, until <see cref="Heal"/>.</summary>
    public void Hold() => _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the silo is sent arrives, and what it answers is lost, until <see cref="Heal"/>.</summary>
    public void LoseAnswers() => _loses = true;

    /// <summary>What was held arrives; connections that lost something end.</summary>
    public void Heal()
    {
        _held?.TrySetResult();
        _held = null;
        if (_loses) Break();
        _loses = false;
    }

    /// <summary>Every connection ends, with what is under way in it.</summary>
    public void Break()
    {
        foreach (ConnectionContext connection in _open.Keys) connection.Abort();
    }

    private ConnectionDelegate Connect(ConnectionDelegate next) => async connection =>
    {
        IDuplexPipe socket = connection.Transport;
        Pipe received = new(), sent = new();
        connection.Transport = new Duplex(received.Reader, sent.Writer);
        _open[connection] = 0;
        Task handedOn = Task.WhenAll(
            HandOnAsync(socket.Input, received.Writer, isSent: false), HandOnAsync(sent.Reader, socket.Output, isSent: true));
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
            await received.Reader.CompleteAsync();
            await sent.Writer.CompleteAsync();
            socket.Input.CancelPendingRead();
            await handedOn;
        }
    };

    private async Task HandOnAsync(PipeReader from, PipeWriter to, bool isSent)
    {
        try
        {
            while (await from.ReadAsync() is { IsCanceled: false } read)
            {
                if (Delay > 0) await Task.Delay(Delay);
                if (_held is { } held) await held.Task;
                if (!isSent || !_loses)
                {
                    foreach (ReadOnlyMemory<byte> part in read.Buffer) await to.WriteAsync(part);
                }

                from.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or OperationCanceledException)
        {
            // It broke.
        }

        await to.CompleteAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
