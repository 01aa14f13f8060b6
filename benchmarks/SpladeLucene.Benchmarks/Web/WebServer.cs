using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SpladeLucene.Benchmarks.Web;

/// <summary>examples/WebSearch in a process of its own, on loopback, over an index in a folder that goes with it.</summary>
internal sealed class WebServer : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("splade-web-");
    private readonly Process _process;

    private WebServer(string file, int remembered, int port)
    {
        var start = new ProcessStartInfo("dotnet", [file, "--urls", $"http://127.0.0.1:{port}"])
        {
            RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(file)),
        };
        start.Environment["Splade__Indexes__articles__Directory"] = Path.Combine(_folder.FullName, "index");
        start.Environment["Splade__QueryCacheCapacity"] = remembered.ToString(CultureInfo.InvariantCulture);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet doesn't start.");
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>Where this build has it.</summary>
    public static string Built
    {
        get
        {
            string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
            return Path.Combine(own, "..", "..", "WebSearch", Path.GetFileName(own), "WebSearch.dll");
        }
    }

    public HttpClient Client { get; }

    /// <summary>The memory that the server takes up, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The processor time that it has taken.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="file">WebSearch.dll.</param>
    /// <param name="remembered">How many queries it remembers with their vectors.</param>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <exception cref="FileNotFoundException">It isn't built.</exception>
    /// <exception cref="InvalidOperationException">It ends, or doesn't answer within a minute.</exception>
    public static async Task<WebServer> StartAsync(string file, int remembered, CancellationToken cancellation)
    {
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no {file}: build examples/WebSearch, or say --server FILE.", file);
        var server = new WebServer(file, remembered, FreePort());
        try
        {
            await server.AnswersAsync(cancellation);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AnswersAsync(CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1))
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}.");
            try
            {
                using HttpResponseMessage answer = await Client.GetAsync("/health", cancellation);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It doesn't listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }

        throw new InvalidOperationException("The server doesn't answer within a minute.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
