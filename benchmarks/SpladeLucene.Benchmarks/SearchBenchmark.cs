using Lucene.Net.Index;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks;

/// <summary>Runs every engine over a collection and compares: score sums, which must be equal, and times.</summary>
internal sealed partial class SearchBenchmark
{
    private readonly SearchArguments _arguments;
    private readonly CollectionFile _collection;
    private readonly IReadOnlyList<IReadOnlyDictionary<string, int>> _queries;
    private readonly SearchResults _results;
    private readonly CancellationToken _cancellation;

    private SearchBenchmark(SearchArguments arguments, CollectionFile collection, CancellationToken cancellation)
    {
        _arguments = arguments;
        _collection = collection;
        _queries = QueryFile.Read(collection.QueriesPath, arguments.Limit);
        _results = new SearchResults(collection, _queries, arguments.Wanted);
        _cancellation = cancellation;
    }

    /// <returns>0, or 1 where engines returned different scores or the run was stopped.</returns>
    /// <exception cref="OperationCanceledException">It was stopped before anything was measured.</exception>
    public static int RunAll(SearchArguments arguments, CancellationToken cancellation)
    {
        System.IO.Directory.CreateDirectory(arguments.Work);
        var all = new List<SearchResults>();
        foreach (CollectionFile collection in new CollectionSource(arguments, cancellation).All())
        {
            Console.Error.WriteLine($"{collection.Name}: {collection.Origin}");
            all.Add(new SearchBenchmark(arguments, collection, cancellation).Run());
            ResultFile.Write(arguments.Results, all);
            if (cancellation.IsCancellationRequested) break;
        }

        return all.TrueForAll(results => results.IsComplete && results.AllAgree) ? 0 : 1;
    }

    private SearchResults Run()
    {
        using DirectoryReader payloads = BenchmarkIndex.Payloads(_collection, _arguments.Work, _cancellation);
        using DirectoryReader frequencies =
            BenchmarkIndex.Frequencies(_collection, _arguments.Work, payloads, _cancellation);
        var cache = new ImpactCache(Room);
        // The builds come first: at millions of documents there is no room for two copies of the impacts.
        BenchmarkStep[] steps =
        [
            .. Builds(payloads, frequencies),
            new("impacts to search over",
                () => cache.Warm(frequencies, BenchmarkIndex.Field, cancellationToken: _cancellation)),
            .. Searches(frequencies, cache),
        ];
        try
        {
            for (int i = 0; i < steps.Length; i++)
            {
                _cancellation.ThrowIfCancellationRequested();
                Console.Error.WriteLine($"[{i + 1} of {steps.Length}] {steps[i].Title}");
                steps[i].Run();
            }

            _results.IsComplete = true;
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            Console.Error.WriteLine($"{problem.Message} What was measured is written.");
        }

        return _results;
    }
}
