using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Engines;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks.Tests;

[Trait("Category", "Large")]
public sealed class SearchBenchmarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RunAll_GeneratedSizes_WritesATableEach()
    {
        Assert.Equal(0, SearchBenchmark.RunAll(Arguments("--documents", "60,240"), CancellationToken.None));
        Assert.Contains("## k = 3, equal score sums", Table("s60"), StringComparison.Ordinal);
        Assert.DoesNotContain("## Up to", Table("s60"), StringComparison.Ordinal);
        Assert.Contains("## Up to s240, in the same run", Table("s240"), StringComparison.Ordinal);
    }

    [Fact]
    public void RunAll_JsonLines_SearchesThem()
    {
        string lines = string.Concat(Enumerable.Range(1, 30)
            .Select(i => $$$"""{"id":"{{{i}}}","vector":{"a":{{{i}}},"b":1}}""" + "\n"));
        string collection = _folder.Write("own.jsonl", lines);
        string queries = _folder.Write("queries.jsonl", """{"id":"q","vector":{"a":2,"c":1}}""");
        Assert.Equal(0, SearchBenchmark.RunAll(
            Arguments("--jsonl", collection, "--queries", queries), CancellationToken.None));
        // The three best of documents 1 to 30, whose impacts are their numbers, weighed 2.
        Assert.Contains("| 174 |", Table("own"), StringComparison.Ordinal);
    }

    [Fact]
    public void RunAll_IndexOfAnotherCollection_IsMadeAnew()
    {
        string queries = _folder.Write("queries.tsv", "q\ta:1\n");
        foreach (int count in new[] { 5, 6 })
        {
            string spv = _folder.PathOf("same.spv");
            using (var writer = new SpvWriter(spv, ["a"], count))
            {
                for (int i = 0; i < count; i++) writer.Add([0], [(byte)count]);
                writer.Finish();
            }

            Assert.Equal(0, SearchBenchmark.RunAll(
                Arguments("--spv", spv, "--queries", queries), CancellationToken.None));
            Assert.Contains($"| {3 * count} |", Table("same"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RunAll_AnotherFileOfTheSameName_IsReadAnew()
    {
        string queries = _folder.Write("queries.tsv", "q\ta:1\n");
        foreach (int weight in new[] { 7, 9 })
        {
            // As many documents and postings, and bytes, but for the folder.
            System.IO.Directory.CreateDirectory(_folder.PathOf($"{weight}"));
            string collection = _folder.Write($"{weight}/corpus.jsonl", $$$"""{"id":"1","vector":{"a":{{{weight}}}}}""" + "\n");
            File.SetLastWriteTimeUtc(collection, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            Assert.Equal(0, SearchBenchmark.RunAll(
                Arguments("--jsonl", collection, "--queries", queries), CancellationToken.None));
            Assert.Contains($"| {weight} |\n", Table("corpus"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RunAll_Cancelled_Stops()
    {
        Assert.Throws<OperationCanceledException>(() => SearchBenchmark.RunAll(
            Arguments("--documents", "60"), new CancellationToken(canceled: true)));
        Assert.False(System.IO.Directory.Exists(_folder.PathOf("results")));
    }

    [Fact]
    public void Measure_EachQuery_IsRunOnceAndEndsWhereItIsCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        int searches = 0;
        Timing Measured() => Timing.Measure("engine", 1, new Pass(4, 0, cancelled.Token), query =>
        {
            if (++searches == 6) cancelled.Cancel();
            return [query];
        });

        Assert.Equal((0 + 1 + 2 + 3, 4), (Measured().ScoreSum, searches));
        Assert.Throws<OperationCanceledException>(Measured);
        Assert.Equal(6, searches);
    }

    [Fact]
    public void Timed_SeveralPassesOfAnEngine_KeepsTheQuietest()
    {
        var results = new SearchResults(new CollectionFile("c", "", "", ""), [], [10]);
        foreach (double mean in new[] { 5.0, 3.0, 4.0 }) results.Timed(new Timing("Java a", 10, mean, 0, 0, 0, 1));
        results.Timed(new Timing("Java b", 10, 9, 0, 0, 0, 1));
        Assert.Equal(3, results.Best(10, OutsideEngines.JavaPrefix));
        Assert.True(results.AllAgree);
        results.Timed(new Timing("C++ c", 10, 9, 0, 0, 0, 2));
        Assert.False(results.AllAgree);
    }

    private string Table(string name) => File.ReadAllText(Assert.Single(
        System.IO.Directory.GetFiles(_folder.PathOf("results"), $"search-{name}-*.md")));

    private SearchArguments Arguments(params string[] arguments)
    {
        var command = new SearchCommand();
        return command.ArgumentsOf(command.Root.Parse(
        [
            .. arguments, .. arguments.Contains("--documents") ? ["--vectors", "synthetic"] : Array.Empty<string>(), "--k", "3", "--warm", "0", "--repeats", "1", "--limit", "20",
            "--work", _folder.PathOf("work"), "--results", _folder.PathOf("results"),
        ]));
    }
}
