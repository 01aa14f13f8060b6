using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks.Compositions;

/// <summary>
/// Runs every composition and compares: hits over impacts in memory with those over Lucene's postings, which must be equal,
/// and times: those that the process computes, garbage collection included, whatever else the machine does meanwhile.
/// </summary>
internal sealed class CompositionsBenchmark
{
    private readonly CompositionArguments _arguments;
    private readonly IReadOnlyList<Composition> _compositions;
    private readonly CompositionList _list;
    private readonly SpladeSearcher _searcher;
    private readonly SpladeSearcher _withoutMemory;
    private readonly IndexSearcher _plain;
    private readonly int _queries;
    private readonly CancellationToken _cancellation;

    private CompositionsBenchmark(CompositionArguments arguments, DirectoryReader reader,
        IReadOnlyList<IReadOnlyDictionary<string, int>> queries, CancellationToken cancellation)
    {
        _arguments = arguments;
        _list = new CompositionList(queries, ScoreFloor.OfModel(arguments.Floor));
        _compositions = _list.All();
        var none = new SpladeSearcherOptions { Impacts = new ImpactCache(new ImpactCacheOptions { BudgetInBytes = 0 }) };
        var memory = new SpladeSearcherOptions { Impacts = new ImpactCache() };
        memory.Impacts.Warm(reader, BenchmarkIndex.Field, cancellationToken: cancellation);
        _searcher = new SpladeSearcher(reader, memory) { Similarity = new BM25Similarity() };
        _withoutMemory = new SpladeSearcher(reader, none) { Similarity = new BM25Similarity() };
        _plain = new IndexSearcher(reader) { Similarity = new BM25Similarity() };
        (_queries, _cancellation) = (queries.Count, cancellation);
    }

    /// <returns>0, or 1 where hits differ.</returns>
    public static int Run(CompositionArguments arguments, CancellationToken cancellation)
    {
        System.IO.Directory.CreateDirectory(arguments.Work);
        var search = new SearchArguments { Documents = [arguments.Documents], Seed = arguments.Seed, Work = arguments.Work };
        CollectionFile collection = new CollectionSource(search, cancellation).All().Single();
        IReadOnlyList<IReadOnlyDictionary<string, int>> queries = QueryFile.Read(collection.QueriesPath, arguments.Queries);
        using DirectoryReader reader = CompositionIndex.Open(collection, arguments.Work, cancellation);
        var benchmark = new CompositionsBenchmark(arguments, reader, queries, cancellation);
        string[] differences = [.. benchmark.Differences()];
        foreach (string difference in differences) Console.Error.WriteLine(difference);
        string table = new CompositionTable(arguments, collection, benchmark.Time(), benchmark._list.LikeWindows, differences).Render();
        Console.WriteLine(table);
        System.IO.Directory.CreateDirectory(arguments.Results);
        File.WriteAllText(Path.Combine(arguments.Results, "compositions.md"), table);
        return differences.Length == 0 ? 0 : 1;
    }

    private IEnumerable<string> Differences()
    {
        foreach (Composition composition in _compositions)
        {
            Console.Error.WriteLine($"    comparing {composition.Name}");
            for (int i = 0; i < Math.Min(_arguments.Compared, _queries); i++)
            {
                _cancellation.ThrowIfCancellationRequested();
                IndexSearcher postings = composition.IsPlain ? _plain : _withoutMemory;
                if (!composition.Search(_searcher, i).IsLike(composition.Search(postings, i)))
                    yield return $"{composition.Name} finds other hits over Lucene's postings for query {i}.";
            }
        }
    }

    private CompositionTiming[] Time()
    {
        // An ordinary searcher is many times slower: fewer queries tell enough.
        int few = Math.Max(1, _queries / 4);
        double[] ours = Time(_searcher, _queries, _arguments.Repeats, out double[] hits);
        double[] theirs = Time(_plain, few, Math.Max(1, _arguments.Repeats / 2), out _);
        return [.. _compositions.Select((composition, i) => new CompositionTiming(
            composition, ours[i], composition.IsPlain ? theirs[i] : null, hits[i]))];
    }

    private double[] Time(IndexSearcher searcher, int queries, int repeats, out double[] hits)
    {
        var least = new double[_compositions.Count, queries];
        hits = new double[_compositions.Count];
        var progress = ProgressLine.Of("queries", (repeats + 1L) * queries);
        // The first pass is not counted.
        for (int pass = 0; pass <= repeats; pass++)
        {
            for (int query = 0; query < queries; query++)
            {
                _cancellation.ThrowIfCancellationRequested();
                for (int i = 0; i < _compositions.Count; i++)
                {
                    if (!_compositions[i].IsPlain && searcher is not SpladeSearcher) continue;
                    TimeSpan started = Environment.CpuUsage.TotalTime;
                    Found found = _compositions[i].Search(searcher, query);
                    double time = (Environment.CpuUsage.TotalTime - started).TotalMicroseconds;
                    if (pass <= 1 || time < least[i, query]) least[i, query] = time;
                    if (pass == 0) hits[i] += (double)found.Total / queries;
                }

                progress.Report(((long)pass * queries) + query + 1);
            }
        }

        progress.Finish();
        return [.. Enumerable.Range(0, _compositions.Count)
            .Select(i => Enumerable.Range(0, queries).Average(query => least[i, query]))];
    }
}
