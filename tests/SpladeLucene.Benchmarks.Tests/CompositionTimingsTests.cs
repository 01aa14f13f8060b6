using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Compositions;

namespace SpladeLucene.Benchmarks.Tests;

public sealed class CompositionTimingsTests : IDisposable
{
    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;

    public CompositionTimingsTests()
    {
        using (var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer: null))) writer.Commit();
        _reader = DirectoryReader.Open(_directory);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Measure_BothSearchers_MakeAsManyPassesOverTheFirstQueries()
    {
        var searches = new List<(bool Plain, int Query)>();
        Composition[] compositions = [new("both", Counted), new("ours", Counted) { IsPlain = false }];
        CompositionTimings timings = CompositionTimings.Measure(compositions, new SpladeSearcher(_reader),
            new IndexSearcher(_reader), queries: 8, repeats: 3, CancellationToken.None);

        Assert.Equal((8, 2), (timings.Queries, timings.PlainQueries));
        Assert.Equal([5.0, 5.0], timings.All.Select(timing => timing.Hits));
        Assert.Null(timings.All[1].PlainTime);
        // One pass that doesn't count, and three that do.
        Assert.Equal([4, 4], Enumerable.Range(0, 2).Select(query => searches.Count(search => search == (true, query))));
        Assert.All(Enumerable.Range(0, 8), query => Assert.Equal(2 * 4, searches.Count(search => search == (false, query))));
        Assert.DoesNotContain(searches, search => search is { Plain: true, Query: >= 2 });

        Found Counted(IndexSearcher searcher, int query)
        {
            searches.Add((searcher is not SpladeSearcher, query));
            return new Found(5, []);
        }
    }

    [Fact]
    public void Render_RatiosToAnIndexSearcher_AreOfTheSameQueries()
    {
        // All queries take ours twice the time of the first ones, which alone the other searcher ran.
        string[] names =
        [
            CompositionList.Bm25, CompositionList.Bare, CompositionList.Hybrid, CompositionList.Both,
        ];
        CompositionTiming[] all =
        [
            .. names.SelectMany(name => new[] { name, name + CompositionList.WithFloor }).Select(name => new CompositionTiming(
                new Composition(name, (_, _) => new Found(0, [])), Time: Cost(name) * 2, Hits: 1)
            {
                TimeBesidePlain = Cost(name), PlainTime = Cost(name) * 10,
            }),
        ];
        string table = new CompositionTable(new CompositionArguments { Seed = 7, Floor = 0.25f },
            new CollectionFile("s1", "", "", "generated"), new CompositionTimings(8, 2, all), [], []).Render();

        Assert.Contains("| BM25 alone | 20 | 10 | 100 | 1/10.0 | 1 |", table, StringComparison.Ordinal);
        Assert.Contains("| SPLADE's share of a BooleanQuery of both | its share in an IndexSearcher | 0.100 | 0.125 |", table,
            StringComparison.Ordinal);
        Assert.Contains("the first 2 of them", table, StringComparison.Ordinal);
        Assert.Contains("--seed 7", table, StringComparison.Ordinal);
        Assert.Contains("--floor 0.25", table, StringComparison.Ordinal);
    }

    private static double Cost(string name) => name == CompositionList.Bm25 ? 10 : 30;
}
