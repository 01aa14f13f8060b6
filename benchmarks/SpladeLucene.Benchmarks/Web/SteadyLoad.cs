using System.Collections.Concurrent;
using System.Diagnostics;

namespace SpladeLucene.Benchmarks.Web;

/// <summary>What a load was answered with.</summary>
/// <param name="Searches">Seconds of each search that was answered, from when it was due.</param>
/// <param name="Writes">The same of each write.</param>
/// <param name="Errors">What failed, a line each.</param>
/// <param name="Asked">Requests a second that were to be begun.</param>
/// <param name="Seconds">From the first request's begin to the last answer.</param>
internal sealed record LoadResult(double[] Searches, double[] Writes, string[] Errors, int Asked, double Seconds)
{
    /// <summary>Requests a second that were answered.</summary>
    public double Rate => (Searches.Length + Writes.Length) / Seconds;
}

/// <summary>
/// Begins requests at a steady rate. A request's time counts from when it was due, so that one that waits for those before it
/// isn't measured as a fast one. No more than so many are open at once: the rest are late, and count so; what couldn't be begun in
/// time isn't begun.
/// </summary>
internal sealed class SteadyLoad(HttpClient client, IReadOnlyList<string> queries, IReadOnlyList<string> documents, int writes)
{
    private const int MostOpen = 256;

    private readonly ConcurrentBag<double> _searches = [], _writes = [];
    private readonly ConcurrentBag<string> _errors = [];
    private int _begun;

    public async Task<LoadResult> RunAsync(int rate, int seconds, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, MostOpen).Select(_ => Task.Run(() => TakeTurnsAsync(began, rate, seconds, cancellation), cancellation)));
        return new LoadResult([.. _searches], [.. _writes], [.. _errors], rate, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private async Task TakeTurnsAsync(long began, int rate, int seconds, CancellationToken cancellation)
    {
        while (Interlocked.Increment(ref _begun) - 1 is var number && number < rate * seconds && Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)number / rate);
            TimeSpan early = due - Stopwatch.GetElapsedTime(began);
            if (early > TimeSpan.Zero) await Task.Delay(early, cancellation);
            await RequestAsync(number, began, due, cancellation);
        }
    }

    private async Task RequestAsync(int number, long began, TimeSpan due, CancellationToken cancellation)
    {
        bool isWrite = number * 37 % 100 < writes;
        try
        {
            using HttpResponseMessage answer = isWrite
                ? await client.PutAsync("/articles", new StringContent(documents[number % documents.Count]), cancellation)
                : await client.GetAsync($"/search?q={Uri.EscapeDataString(queries[number % queries.Count])}", cancellation);
            string body = await answer.Content.ReadAsStringAsync(cancellation);
            if (!answer.IsSuccessStatusCode) _errors.Add($"{(int)answer.StatusCode}: {body}");
            else (isWrite ? _writes : _searches).Add((Stopwatch.GetElapsedTime(began) - due).TotalSeconds);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            _errors.Add(problem.Message);
        }
    }
}
