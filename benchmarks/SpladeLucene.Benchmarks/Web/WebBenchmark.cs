using System.Runtime.InteropServices;
using System.Text.Json;
using SpladeLucene.Benchmarks.Engines;
using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Benchmarks.Shared;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Benchmarks.Web;

/// <summary>Loads examples/WebSearch with searches of the collection's queries and with updates of its documents.</summary>
internal sealed class WebBenchmark(WebArguments arguments, CancellationToken cancellation)
{
    private const int LongestWarmup = 5;
    private const double HeldShare = 0.95;

    private readonly TestCollection _collection = TestCollection.Load(Path.Combine(AppContext.BaseDirectory, "collection"));

    // How often the memory is looked at.
    private TimeSpan Pause => TimeSpan.FromSeconds(Math.Max(1, arguments.Seconds / 6));

    /// <returns>1 where a request failed, else 0.</returns>
    public async Task<int> RunAsync()
    {
        string[] documents = [.. _collection.ReadDocuments().Select(document => JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["_id"] = document.Id, ["title"] = document.Title, ["text"] = document.Text }))];
        string[] queries = [.. _collection.Queries.Select(query => query.Text)];
        using WebServer server = await WebServer.StartAsync(arguments.Server, arguments.Remembered, cancellation);
        await FillAsync(server.Client, documents);
        var warmup = new SteadyLoad(server.Client, queries, documents, arguments.Writes);
        await warmup.RunAsync(arguments.Rate, Math.Min(arguments.Seconds, LongestWarmup), cancellation);

        TimeSpan processor = server.Processor;
        var loads = new List<LoadResult>();
        using var ended = new CancellationTokenSource();
        Task<List<long>> memory = WatchAsync(server, ended.Token);
        Task<LoadResult> Load(int rate) => new SteadyLoad(server.Client, queries, documents, arguments.Writes).RunAsync(rate, arguments.Seconds, cancellation);
        loads.Add(await Load(arguments.Rate));
        // Times of a queue that only grows say nothing.
        if (loads[0].Rate < HeldShare * arguments.Rate) loads.Add(await Load(Math.Max(1, (int)(loads[0].Rate / 2))));
        double busy = (server.Processor - processor).TotalSeconds / loads.Sum(load => load.Seconds);
        await ended.CancelAsync();
        string table = Render(loads, await memory, busy, documents.Length, queries.Length);
        Console.WriteLine(table);
        System.IO.Directory.CreateDirectory(arguments.Results);
        await File.WriteAllTextAsync(Path.Combine(arguments.Results, "web.md"), table, cancellation);
        string[] errors = [.. loads.SelectMany(load => load.Errors)];
        foreach (string error in errors.Distinct(StringComparer.Ordinal).Take(5)) await Console.Error.WriteLineAsync(error);
        return errors.Length == 0 ? 0 : CommandRunner.Failed;
    }

    // From the begin to the end of the loads.
    private async Task<List<long>> WatchAsync(WebServer server, CancellationToken ended)
    {
        var memory = new List<long> { server.Memory };
        while (!ended.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(Pause, ended));
            memory.Add(server.Memory);
        }

        return memory;
    }

    private async Task FillAsync(HttpClient client, string[] documents)
    {
        using HttpResponseMessage written = await client.PutAsync("/articles", new StringContent(string.Join('\n', documents)), cancellation);
        written.EnsureSuccessStatusCode();
        using HttpResponseMessage refreshed = await client.PostAsync("/refresh", null, cancellation);
        refreshed.EnsureSuccessStatusCode();
    }

    private string Render(IReadOnlyList<LoadResult> loads, List<long> memory, double busy, int documents, int queries)
    {
        var text = new Markdown();
        text.Line($"# A search service under load");
        text.Line($"");
        text.Line($"{Machine.Processor}, {Environment.ProcessorCount} processors, shared with other work and with the client; {RuntimeInformation.OSDescription};");
        text.Line($"{RuntimeInformation.FrameworkDescription}. `examples/WebSearch` with `splade-tiny-en`, over loopback: hybrid searches for {queries} queries,");
        text.Line($"{(arguments.Remembered == 0 ? "each encoded anew (no query cache)" : $"{arguments.Remembered} remembered with their vectors")}, and {arguments.Writes} % updates of one of {documents} documents, encoded, refreshed each second and");
        text.Line($"committed every ten. Times count from when a request was due, 256 are open at most, and each load takes {arguments.Seconds} s. Where the machine");
        text.Line($"can't answer as many as are asked for, a second load asks for half of what it did answer. The command:");
        text.Line($"");
        text.Line($"    dotnet run -c Release --project benchmarks/SpladeLucene.Benchmarks -- web --rate {arguments.Rate} --seconds {arguments.Seconds} --writes {arguments.Writes} --remembered {arguments.Remembered}");
        text.Line($"");
        text.Line($"The server kept {busy:0.00} processors busy. Its memory, every {Pause.TotalSeconds:0} s: {string.Join(", ", memory.Select(bytes => $"{bytes / 1e6:0}"))} MB.");
        text.Table($"Milliseconds", "asked for", "answered", "failed", "", "requests", "median", "p95", "p99", "longest");
        foreach (LoadResult load in loads)
        {
            string[] rates = [$"{load.Asked}/s", $"{load.Rate:0}/s", $"{load.Errors.Length}"];
            Row(text, [.. rates, "searches"], load.Searches);
            Row(text, ["", "", "", "updates"], load.Writes);
        }

        return text.ToString();
    }

    private static void Row(Markdown text, string[] names, double[] seconds)
    {
        Array.Sort(seconds);
        text.Row([.. names, $"{seconds.Length}", .. new[] { 0.5, 0.95, 0.99, 1 }.Select(share => seconds.Length == 0
            ? "" : Markdown.Number(Percentiles.At(seconds, share) * 1000, "0.0"))]);
    }
}
