using System.Diagnostics;
using System.Globalization;

namespace SpladeLucene.Endurance.Soaking;

/// <summary>Searches from many threads for long, while one changes the index and one takes encoders away.</summary>
internal static class Soak
{
    // What is looked at is what is left after everything that can go has gone: an index of bounded size, and caches.
    private const double MostGrowth = 1.25;
    private const long Unsteady = 24 << 20;
    private const int EncodingShare = 200;

    /// <summary>Runs.</summary>
    /// <param name="time">How long.</param>
    /// <param name="threads">How many search.</param>
    /// <param name="seed">Chooses.</param>
    /// <param name="say">Told how it goes, ten times.</param>
    /// <returns>How many searches were compared.</returns>
    /// <exception cref="EnduranceException">A result was wrong, or memory grew.</exception>
    public static long Run(TimeSpan time, int threads, int seed, Action<string> say)
    {
        using var folder = new TemporaryFolder();
        using var encoders = new SoakEncoders();
        SoakSearches[] searches;
        using (var index = new SoakIndex(folder.Path, seed))
        {
            using var stop = new CancellationTokenSource();
            searches = [.. Enumerable.Range(0, threads).Select(i => new SoakSearches(index, seed + 1 + i))];
            Task[] tasks =
            [
                .. searches.Select((one, i) => Start(() => Search(one, encoders, i), stop)), Start(index.Change, stop),
                Start(() => Replace(encoders), stop),
            ];
            Watch(time, index, searches, encoders, stop, say);
            stop.Cancel();
            Task.WaitAll(tasks);
            encoders.Replace();
        }

        return searches.Sum(one => one.Compared);
    }

    private static void Search(SoakSearches searches, SoakEncoders encoders, int thread)
    {
        searches.One();
        if ((searches.Compared + thread) % EncodingShare == 0) encoders.Encode();
    }

    private static void Replace(SoakEncoders encoders)
    {
        Thread.Sleep(TimeSpan.FromMilliseconds(500));
        encoders.Replace();
    }

    // The first that goes wrong ends the others.
    private static Task Start(Action step, CancellationTokenSource stop) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                while (!stop.IsCancellationRequested) step();
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Watch(
        TimeSpan time, SoakIndex index, SoakSearches[] searches, SoakEncoders encoders, CancellationTokenSource stop,
        Action<string> say)
    {
        var clock = Stopwatch.StartNew();
        var kept = new List<long>();
        for (int part = 1; part <= 10 && !stop.IsCancellationRequested; part++)
        {
            TimeSpan left = (time * part / 10) - clock.Elapsed;
            if (left > TimeSpan.Zero && stop.Token.WaitHandle.WaitOne(left)) return;
            kept.Add(GC.GetTotalMemory(forceFullCollection: true));
            say(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:hh\\:mm\\:ss}: {searches.Sum(one => one.Compared):N0} ")
                + string.Create(CultureInfo.InvariantCulture, $"searches right, {searches.Sum(one => one.Failed):N0} failed as they ")
                + string.Create(CultureInfo.InvariantCulture, $"should, {index.Changes:N0} changes, {index.Reopenings} reopenings, ")
                + string.Create(CultureInfo.InvariantCulture, $"{encoders.Encoded:N0} texts by {encoders.Disposed} encoders, ")
                + string.Create(CultureInfo.InvariantCulture, $"{kept[^1] / 1e6:N1} MB managed, {Environment.WorkingSet / 1e6:N0} MB in all"));
        }

        // The first part fills the index and the caches.
        long before = kept.Skip(1).Take(4).Max(), after = kept.TakeLast(3).Min();
        if (after > (before * MostGrowth) + Unsteady)
            throw new EnduranceException($"Memory grew from {before:N0} to {after:N0} bytes.");
    }
}
