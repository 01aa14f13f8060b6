using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Index;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Engines;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks;

internal sealed partial class SearchBenchmark
{
    // At MS MARCO's size block maxima take more than the quarter of a small machine that is the default.
    private static ImpactCacheOptions Room { get; } =
        new() { BudgetInBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 };

    private ImpactCacheOptions Mapped =>
        Room with { Folder = Path.Combine(_arguments.Work, _collection.Name + ".impacts") };

    // Of the approximate mode.
    private static readonly double[] Approximations = [0.1, 0.2, 0.3, 0.4, 0.5];

    private IEnumerable<BenchmarkStep> Builds(DirectoryReader payloads, DirectoryReader frequencies)
    {
        yield return Building("payloads, windows alone", payloads, Room with { BlockMaxima = false });
        yield return Building("term frequencies, windows alone", frequencies, Room with { BlockMaxima = false });
        yield return Building("term frequencies, with block maxima", frequencies, Room);
        yield return new BenchmarkStep("impacts to files", () => _results.Built(
            Write("term frequencies, into files", frequencies)));
        yield return Building("those files, mapped", frequencies, Mapped);
    }

    private IEnumerable<BenchmarkStep> Searches(DirectoryReader reader, ImpactCache cache)
    {
        var engines = new LuceneEngines(reader, cache, _queries, new Pass(_queries.Count, _arguments.Warm, _cancellation));
        var mapped = new ImpactCache(Mapped);
        foreach (int k in _arguments.Wanted)
        {
            // By turns: what else the machine does for a while falls on all of them.
            foreach (int pass in Enumerable.Range(1, _arguments.Repeats))
            {
                foreach ((string name, Func<Timing> run) in engines.All(k).Append(engines.Over(mapped, k)))
                    yield return new BenchmarkStep($"k = {k}, pass {pass}: {name}", () => _results.Timed(run()));
            }
        }

        var outside = new OutsideEngines(_arguments, _collection, _results.Timed, _cancellation);
        if (_arguments.Cpp is { } cpp) yield return new BenchmarkStep("C++ engines", () => outside.Cpp(cpp));
        if (_arguments.Java is { } java) yield return new BenchmarkStep("Java Lucene 8", () => outside.Java(java));
        foreach (int k in _arguments.Wanted)
        {
            foreach ((string name, SpladeSearchOptions options) in Economies(k))
                yield return new BenchmarkStep($"k = {k}, recall: {name}", () => _results.Recalled(name, k, engines.RecallOf(k, options)));
            foreach (int pass in Enumerable.Range(1, _arguments.Repeats))
            {
                foreach ((string name, SpladeSearchOptions options) in Economies(k))
                    yield return new BenchmarkStep($"k = {k}, pass {pass}: {name}", () => _results.Economized(engines.Run(name, k, options)));
            }
        }
    }

    // Written anew even where an earlier run left them.
    private BuildResult Write(string name, DirectoryReader reader)
    {
        if (System.IO.Directory.Exists(Mapped.Folder)) System.IO.Directory.Delete(Mapped.Folder, recursive: true);
        return Build(name, reader, Mapped);
    }

    private BenchmarkStep Building(string name, DirectoryReader reader, ImpactCacheOptions options) =>
        new($"impacts from {name}", () => _results.Built(Enumerable.Range(0, _arguments.Repeats)
            .Select(_ => Build(name, reader, options)).MinBy(build => build.Time)!));

    private static BuildResult Build(string name, DirectoryReader reader, ImpactCacheOptions options)
    {
        var cache = new ImpactCache(options);
        long estimate = cache.EstimateBytes(reader, BenchmarkIndex.Field);
        long before = Resident();
        var clock = Stopwatch.StartNew();
        cache.Warm(reader, BenchmarkIndex.Field);
        TimeSpan time = clock.Elapsed;
        ImpactCacheStatistics built = cache.Statistics;
        long measured = Resident() - before;
        GC.KeepAlive(cache);
        return new BuildResult(name, built.Postings, time, estimate, built.Bytes + built.MappedBytes, measured);
    }

    private static long Resident() => GC.GetTotalMemory(forceFullCollection: true);

    private static IEnumerable<(string Name, SpladeSearchOptions Options)> Economies(int k)
    {
        var open = new SpladeSearchOptions { CountAllHits = false };
        return
        [
            (SearchResults.Exact, open),
            .. Approximations.Select(share => (
                string.Create(CultureInfo.InvariantCulture, $"approximation {share}"), open with { Approximation = share })),
            .. Prunings(k).Select(way => (way.Name, open with { TermPruning = way.Pruning })),
        ];
    }

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
