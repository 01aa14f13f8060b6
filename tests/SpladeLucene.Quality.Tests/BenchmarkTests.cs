using System.Reflection;

namespace SpladeLucene.Quality.Tests;

/// <summary>
/// The whole benchmark over a slice of our own collection, and over tiny ones in the place of SciFact and Cranfield.
/// </summary>
public sealed class BenchmarkTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("splade-quality-test-").FullName;

    [Fact]
    public void Run_WithCollections_WritesEveryTable()
    {
        foreach (string name in new[] { "scifact", "cranfield" }) WriteCollection(name);
        string output = Path.Combine(_folder, "results", "quality.md");

        string slice = Path.Combine(_folder, "slice");
        CollectionSlice.Write(Path.Combine(AppContext.BaseDirectory, "collection"), slice, 60);

        Assert.Equal(0, Run("--data", _folder, "--output", output, "--collection", slice));

        string[] lines = File.ReadAllLines(output);
        string[] titles = [.. lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "## Our own collection, test, other-words (17 queries)",
                "## Our own collection, test, same-words (10 queries)",
                "## SciFact, zero-shot (1 query)", "## Cranfield, zero-shot (1 query)", "## Weights", "## Word pairs",
                "## Speed, one thread",
            ],
            titles);
        string[] rows = ["BM25, StandardAnalyzer", "BM25, EnglishAnalyzer", "SPLADE", "BM25 + SPLADE, fused"];
        foreach (string row in rows)
            Assert.Equal(4, lines.Count(line => line.StartsWith($"| {row} |", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("of 48 directions", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_BadArguments_EndsWithAnExitCode()
    {
        Assert.Equal(2, Run("--modle", "x"));
        string output = Path.Combine(_folder, "quality.md");
        Assert.Equal(1, Run("--model", Path.Combine(_folder, "no such folder"), "--output", output));
        Assert.False(File.Exists(output));
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private static int Run(params string[] arguments) =>
        (int)Assembly.Load("SpladeLucene.Quality").EntryPoint!.Invoke(null, [arguments])!;

    private void WriteCollection(string name)
    {
        string folder = System.IO.Directory.CreateDirectory(Path.Combine(_folder, "collections", name)).FullName;
        File.WriteAllLines(Path.Combine(folder, "corpus.jsonl"),
        [
            """{"_id": "1", "title": "", "text": "A canine sleeps."}""",
            """{"_id": "2", "title": "", "text": "The weather is fine."}""",
        ]);
        File.WriteAllText(Path.Combine(folder, "queries.tsv"), "q1\tcanine\n");
        File.WriteAllText(Path.Combine(folder, "qrels.txt"), "q1 0 1 1\n");
    }
}
