using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SpladeLucene;

namespace Cluster;

/// <summary>Kills silos at random while documents are written, replaced and searched, and then counts what is there.</summary>
internal sealed class KillTrial(LocalCluster cluster, int kills)
{
    private const int Keys = 600;
    private const int BatchSize = 5;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, int> _acknowledged = new();
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _searches = new();
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _writes = new();
    private readonly Random _random = new(1);
    private volatile string _phase = "before";
    private volatile bool _isOver;
    private int _complete;
    private int _incomplete;
    private int _refused;
    private int _wrong;

    /// <returns>Whether nothing was lost, doubled or silently incomplete.</returns>
    public async Task<bool> RunAsync()
    {
        Task[] running = [Task.Run(() => WriteAsync(0)), Task.Run(() => WriteAsync(1)), Task.Run(SearchAsync)];
        await Task.Delay(Calm);
        _phase = "during";
        for (int kill = 0; kill < kills; kill++) await KillAsync();
        foreach (string name in cluster.Names.Where(name => !cluster.IsUp(name)).ToArray()) cluster.Start(name);
        await cluster.WaitUntilAllServeAsync();
        _phase = "after";
        await Task.Delay(Calm);
        _isOver = true;
        await Task.WhenAll(running);
        return await CountAsync();
    }

    private async Task KillAsync()
    {
        string name = cluster.Names.ElementAt(_random.Next(cluster.Names.Count));
        if (cluster.IsUp(name)) cluster.Kill(name);
        await Task.Delay(_random.Next(2000));
        cluster.Start(name);
        // One in four silos dies before those killed before it serve again: a shard may be without a replica then.
        if (_random.Next(4) > 0) await cluster.WaitUntilAllServeAsync();
        else await Task.Delay(_random.Next(2000));
    }

    private async Task WriteAsync(int writer)
    {
        for (int version = 1; !_isOver; version++)
        {
            ClusterDocument[] batch = [.. Enumerable.Range(0, BatchSize).Select(i => Make(writer, ((version * BatchSize) + i) % (Keys / 2), version))];
            long started = Stopwatch.GetTimestamp();
            try
            {
                await cluster.Index.UpdateAsync(batch);
                foreach (ClusterDocument document in batch) _acknowledged[document.Key] = version;
                Took(_writes, started);
            }
            catch (SpladeClusterException)
            {
                Interlocked.Increment(ref _refused);
            }

            await Task.Delay(20);
        }
    }

    private async Task SearchAsync()
    {
        bool isVisible = false;
        while (!_isOver)
        {
            isVisible = isVisible || (_acknowledged.Count >= 50 && await TryRefreshAsync());
            long started = Stopwatch.GetTimestamp();
            ClusterSearchResult found = await cluster.Index.SearchAsync("a boat on the river");
            Took(_searches, started);
            Interlocked.Increment(ref found.IsComplete ? ref _complete : ref _incomplete);
            bool isWrong = found.Hits.DistinctBy(hit => hit.Key).Count() < found.Hits.Count
                || (found.IsComplete && isVisible && found.Hits.Count < 10);
            if (isWrong) Interlocked.Increment(ref _wrong);
            await Task.Delay(5);
        }
    }

    // What is acknowledged is found after a refresh: on replicas that serve by now, and on those that serve later.
    private async Task<bool> TryRefreshAsync()
    {
        try
        {
            await cluster.Index.RefreshAsync();
            return true;
        }
        catch (SpladeClusterException)
        {
            return false;
        }
    }

    // Each replica of each shard is asked in its turn.
    private async Task<bool> CountAsync()
    {
        await cluster.Index.RefreshAsync();
        int lost = 0, doubled = 0, missing = 0;
        for (int turn = 0; turn < 2 * cluster.Index.Options.Replicas; turn++)
        {
            ClusterSearchResult found = await cluster.Index.SearchAsync(
                "a boat on the river", new ClusterSearchRequest { Count = 2 * Keys, Floor = ScoreFloor.None });
            if (!found.IsComplete) missing++;
            Dictionary<string, int> versions = found.Hits.DistinctBy(hit => hit.Key)
                .ToDictionary(hit => hit.Key, hit => int.Parse(hit.Stored["version"], CultureInfo.InvariantCulture));
            doubled += found.Hits.Count - versions.Count;
            lost += _acknowledged.Count(written => versions.GetValueOrDefault(written.Key) < written.Value);
        }

        Console.WriteLine($"{kills} silos killed; {_writes.Values.Sum(times => times.Count) * BatchSize} writes of {_acknowledged.Count} documents acknowledged, {_refused} batches not.");
        Console.WriteLine($"{_complete + _incomplete} searches, {_incomplete} of them marked incomplete, {_wrong} wrong; at the end {lost} lost, {doubled} doubled.");
        foreach (string phase in new[] { "before", "during", "after" })
            Console.WriteLine($"  {phase,-6}  search {Times(_searches, phase)}   write {Times(_writes, phase)}");
        return lost == 0 && doubled == 0 && missing == 0 && _wrong == 0;
    }

    private static ClusterDocument Make(int writer, int number, int version)
    {
        string text = version.ToString(CultureInfo.InvariantCulture);
        return new ClusterDocument(
            $"w{writer}-{number}", "A boat on the river.", new Dictionary<string, string> { ["version"] = text });
    }

    private void Took(ConcurrentDictionary<string, ConcurrentBag<double>> times, long started) =>
        times.GetOrAdd(_phase, _ => []).Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);

    private static string Times(ConcurrentDictionary<string, ConcurrentBag<double>> times, string phase)
    {
        double[] sorted = [.. times.GetValueOrDefault(phase, []).Order()];
        return sorted.Length == 0 ? "none" : string.Create(CultureInfo.InvariantCulture,
            $"{sorted.Length,6} times, median {sorted[sorted.Length / 2]:0.0} ms, p99 {sorted[sorted.Length * 99 / 100]:0} ms, most {sorted[^1]:0} ms");
    }
}
