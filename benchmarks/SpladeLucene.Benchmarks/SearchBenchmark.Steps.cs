using System.Diagnostics;
using Lucene.Net.Index;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Engines;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks;

internal sealed partial class SearchBenchmark
{
    private IEnumerable<BenchmarkStep> Builds(DirectoryReader payloads, DirectoryReader frequencies)
    {
        yield return Building("payloads, windows alone", payloads, blocks: false);
        yield return Building("term frequencies, windows alone", frequencies, blocks: false);
        yield return Building("term frequencies, with block maxima", frequencies, blocks: true);
    }

    private IEnumerable<BenchmarkStep> Searches(DirectoryReader reader, ImpactCache cache)
    {
        var passes = new Passes(_queries.Count, _arguments.Warm, _arguments.Repeats, _cancellation);
        var engines = new LuceneEngines(reader, cache, _queries, passes);
        foreach (int k in _arguments.Wanted)
        {
            foreach ((string name, Func<Timing> run) in engines.All(k))
                yield return new BenchmarkStep($"k = {k}: {name}", () => _results.Timed(run()));
        }

        var outside = new OutsideEngines(_arguments, _collection, _results.Timed, _cancellation);
        if (_arguments.Cpp is { } cpp) yield return new BenchmarkStep("C++ engines", () => outside.Cpp(cpp));
        if (_arguments.Java is { } java) yield return new BenchmarkStep("Java Lucene 8", () => outside.Java(java));
        foreach (int k in _arguments.Wanted)
        {
            foreach ((string name, QueryTermPruning pruning) in Prunings(k))
            {
                yield return new BenchmarkStep(
                    $"k = {k}: {name}", () => _results.Economized(engines.Run(name, k, pruning)));
            }
        }
    }

    private BenchmarkStep Building(string name, DirectoryReader reader, bool blocks) =>
        new($"impacts from {name}", () => _results.Built(Enumerable.Range(0, _arguments.Repeats)
            .Select(_ => Build(name, reader, blocks)).MinBy(build => build.Time)!));

    private static BuildResult Build(string name, DirectoryReader reader, bool blocks)
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

    private static IEnumerable<(string Name, QueryTermPruning Pruning)> Prunings(int k) =>
    [
        ("heaviest 20 terms", new QueryTermPruning { HeaviestTerms = 20 }),
        ("heaviest 20 terms, 2 k rescored", new QueryTermPruning { HeaviestTerms = 20, Rescored = 2 * k }),
        ("terms of 10 % of the heaviest", new QueryTermPruning { LeastShareOfHeaviest = 0.1 }),
        ("terms of 10 % of the heaviest, 2 k rescored",
            new QueryTermPruning { LeastShareOfHeaviest = 0.1, Rescored = 2 * k }),
        ("terms of 30 % of the heaviest", new QueryTermPruning { LeastShareOfHeaviest = 0.3 }),
        ("terms of 30 % of the heaviest, 5 k rescored",
            new QueryTermPruning { LeastShareOfHeaviest = 0.3, Rescored = 5 * k }),
    ];
}
