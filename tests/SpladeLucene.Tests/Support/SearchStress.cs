using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;

namespace SpladeLucene.Tests.Support;

/// <summary>
/// Searches from several threads while a writer adds, deletes, merges and reopens. Every result is compared with that
/// of a plain searcher over the same reader, which scores everything over Lucene's postings.
/// </summary>
internal sealed class SearchStress
{
    private const int Vocabulary = 300;

    private readonly ImpactCache _cache;
    private readonly string? _folder;
    private readonly SpladeSearcherOptions _options;
    private volatile bool _written;
    private long _searches;

    /// <param name="folder">Where the index and its impacts are on disk; null for the heap.</param>
    public SearchStress(string? folder = null)
    {
        _folder = folder;
        _cache = new ImpactCache(
            new ImpactCacheOptions { LeastDocumentsForBlocks = 64, Folder = folder, LeastBytesForFile = 0 });
        _options = new SpladeSearcherOptions { Impacts = _cache };
    }

    /// <summary>Runs until the writer has written <paramref name="rounds"/> times and <paramref name="time"/> is over.
    /// </summary>
    /// <returns>How many searches were compared, and what the cache did.</returns>
    public (long Searches, ImpactCacheStatistics Cache) Run(int rounds, TimeSpan time, int threads)
    {
        using Lucene.Net.Store.Directory directory = _folder is null ? new RAMDirectory() : FSDirectory.Open(Path.Combine(_folder, "index"));
        IndexWriterConfig config = TestIndex.Config();
        config.MergedSegmentWarmer = new ImpactWarmer(_cache, VectorIndex.Field);
        using (var writer = new IndexWriter(directory, config))
        using (var manager = new SearcherManager(writer, applyAllDeletes: true, new SpladeSearcherFactory(_options)))
        {
            Task[] searching = [.. Enumerable.Range(1, threads).Select(seed => Start(() => Search(manager, seed)))];
            try
            {
                // A searching thread that finds a difference fails the run when it is waited for.
                Write(writer, manager, rounds, time);
            }
            finally
            {
                _written = true;
                Task.WaitAll(searching);
            }
        }

        return (_searches, _cache.Statistics);
    }

    private static Task Start(Action search) => Task.Factory.StartNew(
        search, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Write(IndexWriter writer, SearcherManager manager, int rounds, TimeSpan time)
    {
        var random = new Random(0);
        var clock = Stopwatch.StartNew();
        for (int round = 0; round < rounds || clock.Elapsed < time; round++)
        {
            for (int i = 0; i < 50; i++) writer.AddDocument(VectorIndex.Make(random.Next(2000), Vector(random, 40)));
            for (int i = 0; i < 20; i++)
                writer.DeleteDocuments(new Term("number", random.Next(2000).ToString(CultureInfo.InvariantCulture)));
            if (round % 25 == 24) writer.ForceMerge(1 + random.Next(3));
            if (round % 40 == 39) writer.Commit();
            manager.MaybeRefreshBlocking();
        }
    }

    private void Search(SearcherManager manager, int seed)
    {
        var random = new Random(seed);
        while (!_written)
        {
            IndexSearcher searcher = manager.Acquire();
            try
            {
                Compare((SpladeSearcher)searcher, random);
            }
            finally
            {
                manager.Release(searcher);
            }
        }
    }

    private void Compare(SpladeSearcher searcher, Random random)
    {
        var query = new SpladeQuery(VectorIndex.Field, Vector(random, 20));
        int k = random.Next(4) == 0 ? 1000 : 1 + random.Next(20);
        TopDocs expected = new IndexSearcher(searcher.IndexReader).Search(query, k);
        SpladeTopDocs found = searcher.SearchTop(query, k, options: AnyWay(random));
        TopDocsAssert.Equal(expected.ScoreDocs, found, k, "stress", counted: null);
        Assert.Equal(expected.TotalHits, searcher.Search(query, k).TotalHits);
        Interlocked.Increment(ref _searches);
    }

    private static SpladeSearchOptions AnyWay(Random random) => new()
    {
        Algorithm = (SearchAlgorithm)random.Next(4),
        CountAllHits = random.Next(2) == 0,
    };

    private static SparseVector Vector(Random random, int terms) => SparseVector.FromWeights(
        Enumerable.Range(0, terms).Select(_ => random.Next(Vocabulary)).Distinct()
            .Select(term => KeyValuePair.Create(GeneratedIndex.Term(term), random.NextSingle() * 5)));
}
