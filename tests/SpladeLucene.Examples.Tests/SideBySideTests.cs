using SpladeLucene.Models;

namespace SpladeLucene.Examples.Tests;

public sealed class SideBySideTests : IDisposable
{
    // The small model that is the default takes several times as long.
    private static readonly string[] Tiny = ["--model", SpladeTinyEn.Folder];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_SliceOfOwnCollection_SpladeWinsOnOtherWordsAndHoldsOnSameWords()
    {
        CollectionSlice.Write(Path.Combine(AppContext.BaseDirectory, "collection"), _folder.Root, 60);

        ConsoleRun run = ConsoleRun.Of("SideBySide", "--collection", _folder.Root);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Meaning 1:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Indexing: 60 of 60", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output + run.Errors);
        Assert.StartsWith("Next: ", run.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.True(NdcgOf(run, "other-words, meaning") > NdcgOf(run, "other-words, words") + 0.1);
        Assert.True(NdcgOf(run, "same-words, meaning") > NdcgOf(run, "same-words, words") - 0.05);
    }

    [Fact]
    public void Run_OwnQueryOverOwnCollection_ShowsBothColumnsAndNoMeasures()
    {
        WriteCollection("""{"_id": "1", "title": "", "text": "A canine sleeps."}""");

        ConsoleRun run = ConsoleRun.Of("SideBySide", [.. Tiny, "--collection", _folder.Root, "--query", "dog"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("dog → canine", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("nDCG@10", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_KeptIndex_IsSearchedAgainWithoutIndexing()
    {
        WriteCollection("""{"_id": "1", "title": "", "text": "A canine sleeps."}""");
        string[] arguments = [.. Tiny, "--collection", _folder.Root, "--index", _folder.PathOf("index"), "--query", "canine"];

        ConsoleRun first = ConsoleRun.Of("SideBySide", arguments);
        ConsoleRun second = ConsoleRun.Of("SideBySide", arguments);

        Assert.Contains("Indexing: 1 of 1", first.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Indexing", second.Errors, StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public void Run_KeptIndexOfAnotherCollection_IsRefused()
    {
        WriteCollection("""{"_id": "1", "title": "", "text": "A canine sleeps."}""");
        string index = _folder.PathOf("index");
        ConsoleRun.Of("SideBySide", [.. Tiny, "--collection", _folder.Root, "--index", index, "--query", "canine"]);

        ConsoleRun run = ConsoleRun.Of("SideBySide", [.. Tiny, "--index", index]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("name another folder", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_KeptIndexOfDocumentsThatChanged_IsRefused()
    {
        WriteCollection("""{"_id": "1", "title": "", "text": "A canine sleeps."}""");
        string[] arguments = [.. Tiny, "--collection", _folder.Root, "--index", _folder.PathOf("index"), "--query", "canine"];
        ConsoleRun.Of("SideBySide", arguments);
        WriteCollection("""{"_id": "1", "title": "", "text": "A feline sleeps, for all that is known."}""");

        ConsoleRun run = ConsoleRun.Of("SideBySide", arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("are not those that the index was made of", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON", "not JSON")]
    [InlineData("""{"\ud800":1,"_id":"1","text":"x"}""", "a name is not valid text")]
    public void Run_MalformedLine_IsNamedOrSkippedAndCounted(string line, string reason)
    {
        WriteCollection(line, """{"_id": "2", "title": "", "text": "A canine sleeps."}""");

        ConsoleRun strict = ConsoleRun.Of("SideBySide", [.. Tiny, "--collection", _folder.Root]);
        ConsoleRun lenient = ConsoleRun.Of("SideBySide", [.. Tiny, "--collection", _folder.Root, "--skip-bad"]);

        Assert.Equal(1, strict.ExitCode);
        Assert.Contains($"corpus.jsonl:1: {reason}", strict.Errors, StringComparison.Ordinal);
        Assert.Equal(0, lenient.ExitCode);
        Assert.Contains("1 malformed line was left out", lenient.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--colection", "x")]
    [InlineData(2, "--top", "0")]
    [InlineData(2, "--top", "many")]
    [InlineData(2, "--no-browser")]
    [InlineData(2, "--model", "one", "--model", "other")]
    [InlineData(2, "--web", "--query", "dog")]
    [InlineData(1, "--collection", "no-such-folder")]
    [InlineData(1, "--model", "no-such-folder")]
    [InlineData(1, "--model", "")]
    [InlineData(1, "--index", "")]
    public void Run_BadArguments_EndsWithAReasonAndAnExitCode(int exitCode, params string[] arguments)
    {
        ConsoleRun run = ConsoleRun.Of("SideBySide", arguments);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.NotEmpty(run.Errors);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    // The published figure is Anserini's, 0.679; Lucene.NET 4.8 encodes norms in its own way.
    [DataFact]
    [Trait("Category", "Minutes")]
    public void Run_SciFact_ReachesTheEndWithThePublishedBm25()
    {
        ConsoleRun run = ConsoleRun.Of("SideBySide", [.. Tiny, "--collection", TestData.PathOf("collections", "scifact")]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(0.679, NdcgOf(run, "all, words"), 0.02);
        Assert.True(NdcgOf(run, "all, meaning") > 0.5);
    }

    public void Dispose() => _folder.Dispose();

    private void WriteCollection(params string[] documents)
    {
        File.WriteAllLines(_folder.PathOf("corpus.jsonl"), documents);
        File.WriteAllText(_folder.PathOf("queries.tsv"), "q1\tdog\n");
        File.WriteAllText(_folder.PathOf("qrels.txt"), "q1 0 1 1\n");
    }

    private static double NdcgOf(ConsoleRun run, string row)
    {
        string line = run.Output.Split('\n', StringSplitOptions.TrimEntries).Single(line => line.StartsWith(row, StringComparison.Ordinal));
        string[] columns = line[row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(columns[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
