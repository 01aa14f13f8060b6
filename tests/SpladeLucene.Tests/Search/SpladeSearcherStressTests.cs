using System.Globalization;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

// Alone, because it looks at the memory of the process.
[Collection(nameof(Alone))]
public sealed class SpladeSearcherStressTests
{
    /// <summary>Names how many seconds the stress lasts at least. Default: as long as 120 rounds of writing take.
    /// </summary>
    private const string Seconds = "SPLADE_STRESS_SECONDS";

    // What searching threads keep for the next search, and the like. Impacts that don't go are more, even of a short
    // run.
    private const long MostKept = 3 << 20;

    [Fact]
    public void Search_WhileAWriterAddsDeletesMergesAndReopens_EqualsScoringEverything()
    {
        // What is kept for good is there before the memory is looked at.
        Run(rounds: 10, TimeSpan.Zero);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        (long searches, ImpactCacheStatistics cache) = Run(rounds: 120, TimeSpan.FromSeconds(StressSeconds()));
        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"{searches:N0} searches, {cache}, {kept:N0} bytes kept");

        Assert.True(searches > 0);
        Assert.True(cache.Built > 0);
        Assert.Equal((0, 0L, cache.Built), (cache.Entries, cache.Bytes, cache.Freed));
        Assert.True(kept < MostKept, $"{kept:N0} bytes more than before.");
    }

    private static (long Searches, ImpactCacheStatistics Cache) Run(int rounds, TimeSpan time) =>
        new SearchStress().Run(rounds, time, threads: 8);

    private static double StressSeconds() => Environment.GetEnvironmentVariable(Seconds) is { Length: > 0 } set
        ? double.Parse(set, CultureInfo.InvariantCulture)
        : 0;
}
