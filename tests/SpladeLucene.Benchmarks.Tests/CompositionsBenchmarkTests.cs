using SpladeLucene.Benchmarks.Compositions;

namespace SpladeLucene.Benchmarks.Tests;

[Trait("Category", "Large")]
public sealed class CompositionsBenchmarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SmallCollection_FindsEqualHitsAndWritesTheTable()
    {
        Assert.Equal(0, CompositionsBenchmark.Run(Arguments("--documents", "300"), CancellationToken.None));

        string table = File.ReadAllText(_folder.PathOf("results/compositions.md"));
        Assert.Contains("were those over Lucene's postings (3 queries)", table, StringComparison.Ordinal);
        Assert.Contains("| a filter of 50 %, with a floor |", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() => CompositionsBenchmark.Run(
        Arguments("--documents", "300"), new CancellationToken(canceled: true)));

    [Fact]
    public void Arguments_TooFewDocuments_AreRefused()
    {
        var command = new CompositionsCommand();
        Assert.Contains("--documents takes whole numbers from 100 on",
            Assert.Single(command.Root.Parse(["--documents", "99"]).Errors).Message, StringComparison.Ordinal);
    }

    private CompositionArguments Arguments(params string[] arguments)
    {
        var command = new CompositionsCommand();
        return command.ArgumentsOf(command.Root.Parse(
        [
            .. arguments, "--queries", "5", "--repeats", "1", "--compared", "3",
            "--work", _folder.PathOf("work"), "--results", _folder.PathOf("results"),
        ]));
    }
}
