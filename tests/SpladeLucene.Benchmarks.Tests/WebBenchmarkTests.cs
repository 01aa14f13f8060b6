using SpladeLucene.Benchmarks.Web;

namespace SpladeLucene.Benchmarks.Tests;

[Trait("Category", "Large")]
public sealed class WebBenchmarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_AFewRequests_AreAnsweredAndWritten()
    {
        var command = new WebCommand();
        WebArguments arguments = command.ArgumentsOf(command.Root.Parse(
            ["--rate", "20", "--seconds", "1", "--writes", "50", "--server", ServerFile(), "--results", _folder.Root]));

        Assert.Equal(0, await new WebBenchmark(arguments, CancellationToken.None).RunAsync());

        string table = File.ReadAllText(_folder.PathOf("web.md"));
        Assert.Matches(@"\| 20/s \| \d+/s \| 0 \| searches \| [1-9]", table);
        Assert.Matches(@"\| updates \| [1-9]", table);
        Assert.Matches(@"memory, every 1 s: \d+, \d+.* MB", table);
    }

    [Fact]
    public async Task Run_WithoutAServer_SaysWhatToBuild()
    {
        var missing = await Assert.ThrowsAsync<FileNotFoundException>(() => new WebBenchmark(
            new WebArguments(1, 1, 0, 0, _folder.PathOf("WebSearch.dll"), _folder.Root), CancellationToken.None).RunAsync());

        Assert.Contains("build examples/WebSearch", missing.Message, StringComparison.Ordinal);
    }

    // Beside the tests, as it is beside the benchmarks.
    private static string ServerFile() => WebServer.Built;
}
