using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests.Evaluating;

/// <summary>What <c>splade eval</c> writes, and what it refuses.</summary>
public sealed class EvalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvalTests()
    {
        _folder.Write("qrels.txt", "1 0 a 2\n1 0 b 1\n2 0 a 1\n3 0 c 1\n");
        _folder.Write("bm25.run", "1 Q0 b 1 3 x\n1 Q0 z 2 2 x\n2 Q0 z 1 1 x\n");
        _folder.Write("splade.run", "1 Q0 a 1 3 x\n1 Q0 b 2 2 x\n2 Q0 a 1 1 x\n3 Q0 c 1 1 x\n");
    }

    [Fact]
    public async Task Eval_TwoRuns_MeansAndDifferences()
    {
        ToolRun run = await ToolRun.Of("eval", _folder.PathOf("qrels.txt"), _folder.PathOf("bm25.run"), _folder.PathOf("splade.run"),
            "--measure", "map", "--measure", "P@1", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("bm25.run lacks 1 judged query of 3, which are left out; --complete counts them as 0.\n", run.Errors.ReplaceLineEndings("\n"));
        Assert.Equal([("bm25.run", "MAP", 0.25, 2), ("bm25.run", "P@1", 0.5, 2), ("splade.run", "MAP", 1, 3), ("splade.run", "P@1", 1, 3)],
            run.Objects.Where(one => one.GetProperty("type").GetString() == "mean").Select(one => (one.GetProperty("run").GetString(),
                one.GetProperty("measure").GetString(), one.GetProperty("value").GetDouble(), one.GetProperty("queries").GetInt32())));
        var difference = run.Object("difference");
        Assert.Equal((0.5, 1, 0, 2), (difference.GetProperty("value").GetDouble(), difference.GetProperty("better").GetInt32(),
            difference.GetProperty("worse").GetInt32(), difference.GetProperty("queries").GetInt32()));
    }

    [Fact]
    public async Task Eval_PerQueryAndComplete_CountsWhatIsMissing()
    {
        ToolRun run = await ToolRun.Of("eval", _folder.PathOf("qrels.txt"), _folder.PathOf("bm25.run"), "--measure", "map", "--per-query", "--complete");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("bm25.run lacks 1 judged query of 3, which count as 0.", run.Errors, StringComparison.Ordinal);
        Assert.Matches(@"1\s+0\.5000\s+2\s+0\.0000\s+3\s+0\.0000", run.Output);
        Assert.Matches(@"bm25\.run\s+3\s+0\.1667", run.Output);
    }

    [Fact]
    public async Task Eval_FolderOfACollection_HasTheJudgements()
    {
        File.Move(_folder.PathOf("qrels.txt"), _folder.PathOf("q"));
        Directory.CreateDirectory(_folder.PathOf("set"));
        File.Move(_folder.PathOf("q"), _folder.PathOf("set/qrels.txt"));

        ToolRun run = await ToolRun.Of("eval", _folder.PathOf("set"), _folder.PathOf("splade.run"));

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"nDCG@10\s+MRR@10\s+MAP\s+R@100\s+P@10", run.Output);
    }

    [Theory]
    [InlineData("There is no file '{0}nowhere.run'.", "qrels.txt", "nowhere.run")]
    [InlineData("qrels.txt:1: expected the 6 columns query, Q0, document, rank, score and tag, found 4", "qrels.txt", "qrels.txt")]
    [InlineData("bm25.run:1: expected 3 (BEIR) or 4 (TREC) columns, found 6", "bm25.run", "bm25.run")]
    [InlineData("has none of the 3 judged queries: it has '9', they have '1'.", "qrels.txt", "other.run")]
    [InlineData("'f1' is no measure; expected nDCG@10, MRR@10, MAP, R@100 or P@10, with any depth.", "qrels.txt", "bm25.run", "--measure", "f1")]
    public async Task Eval_WrongInput_IsRefusedInASentence(string reason, string qrels, params string[] more)
    {
        _folder.Write("other.run", "9 Q0 a 1 1 x\n");

        ToolRun run = await ToolRun.Of(["eval", _folder.PathOf(qrels), _folder.PathOf(more[0]), .. more[1..]]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason.Replace("{0}", _folder.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal), run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    public void Dispose() => _folder.Dispose();
}
