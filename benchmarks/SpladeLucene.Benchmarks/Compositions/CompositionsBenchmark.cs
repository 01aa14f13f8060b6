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
        CompositionTimings timings = CompositionTimings.Measure(
            benchmark._compositions, benchmark._searcher, benchmark._plain, queries.Count, arguments.Repeats, cancellation);
        string table = new CompositionTable(arguments, collection, timings, benchmark._list.LikeWindows, differences).Render();
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
}
