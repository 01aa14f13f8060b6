using System.Globalization;
using SpladeLucene.Tool.Calibrating;
using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Calibrating;

public sealed class CalibrateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Calibrate_FloorThatLosesNothing_IsFoundAndPrinted()
    {
        // The relevant document has the query's word twice as heavy as any other one has a related word.
        Write(["""{"_id": "a", "text": "dog"}""", .. Dogs(9), """{"_id": "b", "text": "canine"}""", """{"_id": "c", "text": "fox"}"""]);

        ToolRun run = await Calibrate();

        Assert.Equal((0, "Encoding collection…"), (run.ExitCode, run.Errors.Trim()));
        string[] lines = run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[][] rows = [.. lines.Where(line => line.EndsWith('%')).Select(Cells)];
        Assert.Contains("collection: 1 judged queries, 12 documents", lines);
        Assert.Equal(["0.00", "1.0000", "1.0000", "1.0000", "91.7", "%"], rows[0]);
        Assert.Equal(["0.80", "1.0000", "1.0000", "1.0000", "83.3", "%"], rows[^1]);
        Assert.StartsWith("\"floorShare\": 0.8 ", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrate_Weights_AreAllTriedAndTheBestIsPrinted()
    {
        Write("""{"_id": "b", "text": "dog and other things that are told at some length"}""", """{"_id": "a", "text": "dog dog canine"}""");

        ToolRun run = await Calibrate();

        double weight = double.Parse(run.Output.Split("\"fusionWeight\": ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        string[][] rows = [.. run.Output.Split("fused nDCG@10")[1].Split('\n').Select(Cells)
            .Where(cells => cells.Length == 2 && cells[0].StartsWith("0.", StringComparison.Ordinal))];
        Assert.Equal(Enumerable.Range(1, 19).Select(step => step / 20.0), rows.Select(cells => double.Parse(cells[0], CultureInfo.InvariantCulture)));
        double Ndcg(string[] cells) => double.Parse(cells[1], CultureInfo.InvariantCulture);
        Assert.Equal(rows.Max(Ndcg), Ndcg(rows.Single(cells => double.Parse(cells[0], CultureInfo.InvariantCulture) == weight)));
    }

    [Theory]
    [InlineData(true, 0.3, 0.2, 0.1)]
    [InlineData(true, 0.1, 0.2, 0.3)]
    [InlineData(false, 0.1, 0.3, 0.2)]
    [InlineData(false, 0.3, 0.3, 0.3)]
    public void BorderOf_BestWeight_IsToldWhereItRisesTowardsIt(bool told, params double[] means)
    {
        double best = CalibrationSession.Weights[Array.IndexOf(means, means.Max())];

        Assert.Equal(
            told ? FormattableString.Invariant($"The best weight, {best:0.##}, is at the border of those tried: a better one may lie beyond.") : null,
            CalibrationSession.BorderOf([.. CalibrationSession.Weights.Take(3)], means));
    }

    [Fact]
    public async Task Calibrate_FloorThatLosesARelevantDocument_IsNotTaken()
    {
        Write([.. Dogs(10), """{"_id": "a", "text": "canine"}"""]);

        ToolRun run = await Calibrate();

        double share = double.Parse(run.Output.Split("\"floorShare\": ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        string[] taken = [.. run.Output.Split('\n').Where(line => line.Contains(" 1.0000 ", StringComparison.Ordinal))];
        Assert.InRange(share, 0.02, 0.5);
        Assert.Equal(share, double.Parse(Cells(taken[^1])[0], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Calibrate_Weights_AreMeasuredUnderTheFloorThatIsFound()
    {
        // One that the words alone know best, and that a high floor takes from the meaning.
        Write([.. Enumerable.Range(0, 10).Select(i => $$"""{"_id": "dog{{i}}", "text": "dog runs"}"""), """{"_id": "a", "text": "zebra"}"""]);
        File.WriteAllText(_folder.PathOf("collection/queries.jsonl"), """{"_id": "q", "text": "dog runs zebra"}""" + "\n");

        string[] outputs = [.. await Task.WhenAll(new[] { 0, 0.8f }.Select(async share => (await ToolRun.Of(
            _ => new WordEncoder { FloorShare = share }, "calibrate", _folder.PathOf("collection"), "--model", "words")).Output))];

        Assert.Contains("beside BM25, with that floor", outputs[0], StringComparison.Ordinal);
        Assert.Equal(outputs[0], outputs[1]);
    }

    [Theory]
    [InlineData("split=dev", 0)]
    [InlineData("split=test", 2)]
    public async Task Calibrate_Only_TakesTheQueriesThatSaySo(string only, int exitCode)
    {
        Write("""{"_id": "a", "text": "dog"}""");

        ToolRun run = await Calibrate("--only", only);

        Assert.Equal(exitCode, run.ExitCode);
        if (exitCode == 2) Assert.Contains("has no judged query", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No query's metadata have the key 'splti', which --only names.", "--only", "splti=dev")]
    [InlineData("No collection has 1,000 documents, and R@100 counts in no smaller one: --recall-loss means nothing here.", "--recall-loss", "0.1")]
    public async Task Calibrate_WhatWouldMeanNothing_IsRefused(string sentence, params string[] args)
    {
        Write("""{"_id": "a", "text": "dog"}""");

        ToolRun run = await Calibrate(args);

        Assert.Equal((2, "", sentence), (run.ExitCode, run.Output, run.Errors.Trim()));
    }

    [Theory]
    [InlineData("There is no folder", "nowhere")]
    [InlineData("--only is KEY=VALUE, not 'split'.", "x", "--only", "split")]
    [InlineData("--ndcg-loss is a number from 0 to 1, not '2'.", "x", "--ndcg-loss", "2")]
    public async Task Calibrate_BadUsage_IsRefusedWithASentence(string sentence, params string[] args)
    {
        ToolRun run = await ToolRun.Of(["calibrate", .. args, "--model", "words"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Calibrate_Help_NamesTheOptionsAndAnExample()
    {
        ToolRun run = await ToolRun.Of("calibrate", "--help");

        Assert.All(["--model", "--only", "--ndcg-loss", "--recall-loss", "--page-loss", "Example: splade calibrate"],
            word => Assert.Contains(word, run.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ToolRun> Calibrate(params string[] more) =>
        ToolRun.Of(["calibrate", _folder.PathOf("collection"), "--model", "words", .. more]);

    private void Write(params string[] documents)
    {
        Directory.CreateDirectory(_folder.PathOf("collection"));
        File.WriteAllLines(_folder.PathOf("collection/corpus.jsonl"), documents);
        File.WriteAllText(_folder.PathOf("collection/queries.jsonl"),
            """{"_id": "q", "text": "dog", "metadata": {"split": "dev"}}""" + "\n");
        File.WriteAllText(_folder.PathOf("collection/qrels.txt"), "q 0 a 1\n");
    }

    // A floor hangs on the tenth-best document too.
    private static IEnumerable<string> Dogs(int count) =>
        Enumerable.Range(0, count).Select(i => $$"""{"_id": "dog{{i}}", "text": "dog"}""");

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
