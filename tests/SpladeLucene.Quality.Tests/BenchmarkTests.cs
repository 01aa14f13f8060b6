using System.Reflection;
using System.Xml.Linq;

namespace SpladeLucene.Quality.Tests;

/// <summary>
/// The whole benchmark over a slice of our own collection, and over two tiny ones.
/// </summary>
[Trait("Category", "Large")]
public sealed class BenchmarkTests : IDisposable
{
    private static readonly string Tiny = Path.Combine(AppContext.BaseDirectory, "models", "splade-tiny-en");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_WithCollections_WritesEveryTable()
    {
        foreach (string name in new[] { "scifact", "cranfield" }) WriteCollection(name);
        string output = _folder.PathOf("results"), slice = _folder.PathOf("slice");
        CollectionSlice.Write(Path.Combine(AppContext.BaseDirectory, "collection"), slice, 60);

        Assert.Equal(0, Run("--data", _folder.Root, "--output", output, "--collection", slice, "--model", Tiny));

        string[] lines = File.ReadAllLines(Path.Combine(output, "quality-splade-tiny-en.md"));
        string[] titles = [.. lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "## Our own collection, test, other-words (17 queries)",
                "## Our own collection, test, same-words (10 queries)",
                "## cranfield, which nothing was learned from (1 query)", "## scifact, which nothing was learned from (1 query)",
                "## Weights", "## Word pairs", "## Speed, one thread", "## Cost, one thread",
            ],
            titles);
        string[] rows = ["BM25, StandardAnalyzer", "BM25, EnglishAnalyzer", "SPLADE", "BM25 + SPLADE, fused", "BM25 + SPLADE, by ranks"];
        foreach (string row in rows)
            Assert.Equal(4, lines.Count(line => line.StartsWith($"| {row} |", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("of 48 directions", StringComparison.Ordinal));
        XDocument picture = XDocument.Load(Path.Combine(output, "quality-splade-tiny-en.svg"));
        Assert.Equal(4 * 8, picture.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    [Fact]
    public void Run_UnseenCollections_SaysOfAllWhatIsGainedOnBm25()
    {
        foreach (string name in new[] { "med", "cacm" }) WriteCollection(name);
        string output = _folder.PathOf("results");

        Assert.Equal(0, Run("--unseen", _folder.Root, "--output", output, "--model", Tiny));

        string[] lines = File.ReadAllLines(Path.Combine(output, "quality-unseen.md"));
        Assert.Equal(
            ["## splade-tiny-en", "## cacm, splade-tiny-en (1 query)", "## med, splade-tiny-en (1 query)"],
            lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains("| cacm | 2 | 3.5 | 1 | 1.0 | 1.0 |", lines);
        string[] summary = lines.Single(line => line.StartsWith("| med | 1.000 |", StringComparison.Ordinal)).Split(" | ");
        Assert.Equal(10, summary.Length);
        Assert.Contains(lines, line => line.StartsWith("| mean |", StringComparison.Ordinal) && line.Contains("| 0.000 |", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| worst |", StringComparison.Ordinal));
        Assert.Single(System.IO.Directory.GetFiles(output));
    }

    [Fact]
    public void Run_UnseenAgain_KeepsWhatIsWrittenByHand()
    {
        WriteCollection("med");
        string output = _folder.PathOf("results"), path = Path.Combine(output, "quality-unseen.md");
        int Measure() => Run("--unseen", _folder.Root, "--output", output, "--model", Tiny);
        Assert.Equal(0, Measure());
        const string Place = "<!-- By hand, kept by the benchmark: -->\n\n";
        string written = File.ReadAllText(path).Replace(Place, Place + "## Of note\n\nWords of a person.\n\n", StringComparison.Ordinal);
        File.WriteAllText(path, written);

        Assert.Equal(0, Measure());

        Assert.Contains("Words of a person.", written, StringComparison.Ordinal);
        Assert.Equal(written, File.ReadAllText(path));
    }

    [Fact]
    public void Run_UnseenWithoutJudgedQueries_WritesNothing()
    {
        WriteCollection("med");
        File.WriteAllText(_folder.PathOf(Path.Combine("collections", "med", "qrels.txt")), "another 0 1 1\n");
        string output = _folder.PathOf("results");

        Assert.Equal(1, Run("--unseen", _folder.Root, "--output", output, "--model", Tiny));

        Assert.False(System.IO.Directory.Exists(output));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_CollectionWithoutKindsAndSplits_IsRefusedBeforeAnythingIsEncoded(bool tune)
    {
        WriteCollection("med");
        string[] way = tune ? ["--tune"] : ["--output", _folder.PathOf("results")];

        (int exitCode, string errors) = Heard([.. way, "--collection", _folder.PathOf("collections/med"), "--model", _folder.PathOf("no model")]);

        Assert.Equal(1, exitCode);
        Assert.Contains("None of the judged queries of", errors, StringComparison.Ordinal);
        Assert.Contains("in its metadata", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_JudgementsOfOtherQueries_AreRefusedBeforeAnythingIsEncoded()
    {
        WriteCollection("med");
        File.WriteAllText(_folder.PathOf("collections/med/qrels.txt"), "another 0 1 1\n");

        (int exitCode, string errors) = Heard("--data", _folder.Root, "--output", _folder.PathOf("results"), "--model", _folder.PathOf("no model"));

        Assert.Equal(1, exitCode);
        Assert.Contains("its judgements name other queries", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FolderWithATrailingSlash_IsCalledByItsName()
    {
        WriteCollection("med");
        string output = _folder.PathOf("results");

        Assert.Equal(0, Run("--unseen", _folder.PathOf("collections/med/"), "--output", output, "--model", Tiny));

        Assert.Contains("## med, splade-tiny-en (1 query)", File.ReadAllLines(Path.Combine(output, "quality-unseen.md")));
    }

    [Theory]
    [InlineData("--tune does nothing beside --unseen", "--unseen", "x", "--tune")]
    [InlineData("--tune-on does nothing beside --unseen", "--unseen", "x", "--tune-on", "y")]
    [InlineData("--data does nothing beside --unseen", "--unseen", "x", "--data", "y")]
    [InlineData("--collection does nothing beside --unseen", "--unseen", "x", "--collection", "y")]
    [InlineData("--data does nothing beside --tune", "--tune", "--data", "y")]
    [InlineData("--output does nothing beside --tune", "--tune", "--output", "y")]
    [InlineData("--tune-on goes with --tune", "--tune-on", "y")]
    public void Run_OptionThatWouldDoNothing_IsRefusedByName(string sentence, params string[] arguments)
    {
        (int exitCode, string errors) = Heard(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TwoModelsOfOneName_AreRefused()
    {
        (int exitCode, string errors) = Heard("--model", Tiny, "--model", Tiny, "--output", _folder.PathOf("results"));

        Assert.Equal(1, exitCode);
        Assert.Contains("are both called splade-tiny-en", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BadArguments_EndsWithAnExitCode()
    {
        Assert.Equal(2, Run("--modle", "x"));
        string output = _folder.PathOf("results");
        Assert.Equal(1, Run("--model", _folder.PathOf("no such folder"), "--output", output));
        Assert.Equal(1, Run("--data", _folder.Root, "--model", Tiny, "--output", output));
        Assert.False(System.IO.Directory.Exists(output));
    }

    public void Dispose() => _folder.Dispose();

    private static int Run(params string[] arguments) =>
        (int)Assembly.Load("SpladeLucene.Quality").EntryPoint!.Invoke(null, [arguments])!;

    private static (int ExitCode, string Errors) Heard(params string[] arguments)
    {
        TextWriter before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            return (Run(arguments), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    private void WriteCollection(string name)
    {
        string folder = System.IO.Directory.CreateDirectory(_folder.PathOf(Path.Combine("collections", name))).FullName;
        File.WriteAllLines(Path.Combine(folder, "corpus.jsonl"),
        [
            """{"_id": "1", "title": "", "text": "A canine sleeps."}""",
            """{"_id": "2", "title": "", "text": "The weather is fine."}""",
        ]);
        File.WriteAllText(Path.Combine(folder, "queries.tsv"), "q1\tcanine\n");
        File.WriteAllText(Path.Combine(folder, "qrels.txt"), "q1 0 1 1\n");
    }
}
