namespace SpladeLucene.Examples.Tests;

public sealed class DropInTests
{
    [Fact]
    public void Run_QuestionsInOtherWords_FindsWhatBm25AloneDoesNot()
    {
        string[] lines = ConsoleRun.Of("DropIn").Output.Split('\n', StringSplitOptions.TrimEntries);

        Assert.Equal(3, lines.Count(line => line.StartsWith("BM25 alone     nothing", StringComparison.Ordinal)));
        Assert.Equal(["kb-3", "kb-1", "kb-4"], lines
            .Where(line => line.StartsWith("BM25 + SPLADE", StringComparison.Ordinal))
            .Select(line => line["BM25 + SPLADE ".Length..].Trim()[..4]));
    }
}
