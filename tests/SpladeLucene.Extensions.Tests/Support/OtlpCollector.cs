using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SpladeLucene.Extensions.Tests.Support;

/// <summary>Takes on loopback whatever OpenTelemetry sends to a collector, and reads no more of it than the names.</summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener;
    private readonly StringBuilder _received = new();

    public OtlpCollector()
    {
        _listener = Listening();
        _ = ListenAsync();
    }

    /// <summary>What an application has to be told to send here, however long that takes.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _listener.Prefixes.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", $"{TimeSpan.FromMinutes(5).TotalMilliseconds}"),
    ];

    public string Received()
    {
        lock (_received) return _received.ToString();
    }

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext call = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await call.Request.InputStream.CopyToAsync(body);
                lock (_received) _received.Append(Encoding.Latin1.GetString(body.ToArray()));
                call.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    // Another may take the port before it is listened to.
    private static HttpListener Listening()
    {
        for (int left = 10; ; left--)
        {
            var listener = new HttpListener();
            try
            {
                listener.Prefixes.Add($"http://127.0.0.1:{FreePort()}/");
                listener.Start();
                return listener;
            }
            catch (HttpListenerException) when (left > 0)
            {
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
