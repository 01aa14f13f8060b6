using System.Diagnostics;
using Lucene.Net.Index;
using SpladeLucene.Documents;
using SpladeLucene.Impacts;
using SpladeLucene.Search;

namespace SpladeLucene.Benchmarks;

/// <summary>Runs every engine over one collection and compares: score sums, which must be equal, and times.</summary>
internal static class SearchBenchmark
{
    /// <returns>0, or 1 where an engine returned other scores than the others.</returns>
    public static int Run(SearchArguments arguments)
    {
        System.IO.Directory.CreateDirectory(arguments.Work);
        string collection = AsSpv(arguments);
        IReadOnlyList<IReadOnlyDictionary<string, int>> queries = QueryFile.Read(arguments.Queries, arguments.Limit);
        var report = new ResultTable(arguments, queries);

        using DirectoryReader payloads = BenchmarkIndex.Open(collection, arguments.Work, WeightEncoding.Payload);
        using DirectoryReader frequencies =
            BenchmarkIndex.Open(collection, arguments.Work, WeightEncoding.TermFrequency);
        report.Built(Build(payloads, "payloads, windows alone", blocks: false));
        report.Built(Build(frequencies, "term frequencies, windows alone", blocks: false));
        report.Built(Build(frequencies, "term frequencies, with block maxima", blocks: true));

        var cache = new ImpactCache();
        cache.Warm(frequencies, BenchmarkIndex.Field);
        var engines = new LuceneEngines(frequencies, cache, queries, arguments.Warm, arguments.Repeats);
        foreach (int k in arguments.Wanted)
            foreach (Timing timing in engines.Run(k)) report.Timed(timing);
        if (arguments.Cpp is { } cpp)
            foreach (Timing timing in OutsideEngines.Cpp(cpp, collection, arguments)) report.Timed(timing);
        if (arguments.Java is { } java)
            foreach (Timing timing in OutsideEngines.Java(java, collection, arguments)) report.Timed(timing);
        foreach (int k in arguments.Wanted)
        {
            foreach ((string name, QueryEconomy economy) in Economies(k))
                report.Economized(engines.Run(name, k, economy));
        }

        return report.Write();
    }

    private static string AsSpv(SearchArguments arguments)
    {
        if (!arguments.Collection.EndsWith(".jsonl", StringComparison.Ordinal)) return arguments.Collection;
        string spv = Path.Combine(arguments.Work, arguments.Name + ".spv");
        if (!File.Exists(spv)) SpvFile.FromJsonLines(arguments.Collection, spv);
        return spv;
    }

    private static BuildResult Build(DirectoryReader reader, string name, bool blocks)
    {
        var cache = new ImpactCache(new ImpactCacheOptions { BlockMaxima = blocks });
        long estimate = cache.EstimateBytes(reader, BenchmarkIndex.Field);
        long before = Resident();
        var clock = Stopwatch.StartNew();
        cache.Warm(reader, BenchmarkIndex.Field);
        TimeSpan time = clock.Elapsed;
        ImpactCacheStatistics built = cache.Statistics;
        long measured = Resident() - before;
        GC.KeepAlive(cache);
        return new BuildResult(name, built.Postings, time, estimate, built.Bytes, measured);
    }

    private static long Resident() => GC.GetTotalMemory(forceFullCollection: true);

    private static IEnumerable<(string Name, QueryEconomy Economy)> Economies(int k) =>
    [
        ("heaviest 20 terms", new QueryEconomy { HeaviestTerms = 20 }),
        ("heaviest 20 terms, 2 k rescored", new QueryEconomy { HeaviestTerms = 20, Rescored = 2 * k }),
        ("terms of 10 % of the heaviest", new QueryEconomy { LeastShareOfHeaviest = 0.1 }),
        ("terms of 10 % of the heaviest, 2 k rescored",
            new QueryEconomy { LeastShareOfHeaviest = 0.1, Rescored = 2 * k }),
        ("terms of 30 % of the heaviest", new QueryEconomy { LeastShareOfHeaviest = 0.3 }),
        ("terms of 30 % of the heaviest, 5 k rescored",
            new QueryEconomy { LeastShareOfHeaviest = 0.3, Rescored = 5 * k }),
    ];
}
