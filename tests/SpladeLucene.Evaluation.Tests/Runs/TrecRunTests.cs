namespace SpladeLucene.Evaluation.Tests;

/// <summary>Runs are ranked as trec_eval ranks them.</summary>
public sealed class TrecRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Load_TiesAndRanksThatLie_GoByScoreThenTheGreaterId() => Assert.Equal(["d9", "d20", "d10", "d1"],
        Load("q1 Q0 d1 1 0.5 tag\nq1 Q0 d10 2 2 tag\nq1 Q0 d20 3 2 tag\nq2 Q0 d1 1 1 tag\nq1 Q0 d9 4 2.5e0 tag\n").Of("q1"));

    // 1.00000001 and 1 are one float; by double the second would stand first.
    [Fact]
    public void Load_ScoresThatDifferByLessThanAFloat_AreTies() =>
        Assert.Equal(["b", "a"], Load("1 Q0 a 1 1.00000001 t\n1 Q0 b 2 1 t\n").Of("1"));

    // As bytes of UTF-8 the emoji is the greater one, as UTF-16 the private character.
    [Fact]
    public void Load_TiesBeyondTheBasicPlane_GoByBytes() =>
        Assert.Equal(["\U0001F600", "\uE000", "aa", "a"], Load("1 Q0 \uE000 1 1 t\n1 Q0 \U0001F600 1 1 t\n1 Q0 a 1 1 t\n1 Q0 aa 1 1 t\n").Of("1"));

    [Theory]
    [InlineData("q1 Q0 d1 1 0.5", "found 5")]
    [InlineData("q1 Q0 d1 1 NaN tag", "'NaN' is not a number")]
    [InlineData("q1 Q0 d1 1 1e99 tag", "'1e99' is not a number")]
    [InlineData("q1 Q0 d1 1 0,9 tag", "'0,9' is not a number")]
    [InlineData("q1 Q0 d0 2 0.25 tag", "'d0' stands twice for query 'q1'")]
    public void Load_BadLine_IsNamedByFileAndLine(string line, string problem) =>
        CollectionFolder.AssertBadLine(() => Load("q1 Q0 d0 1 0.5 tag\n" + line + "\n"), "a.run:2:", problem);

    [Fact]
    public void Of_UnknownQuery_IsEmpty() => Assert.Empty(Load("q1 Q0 d1 1 0.5 tag").Of("q2"));

    [Fact]
    public void RunEvaluation_MissingQuery_IsLeftOutUnlessComplete()
    {
        TrecRun run = Load("1 Q0 a 1 1 t\n3 Q0 a 1 1 t\n");
        var qrels = Qrels.Load(_folder.Write("qrels.txt", "1 0 a 1\n2 0 a 1\n4 0 b 0\n"));
        Measure measure = Measure.Parse("p@1");

        RunEvaluation some = RunEvaluation.Of(run, qrels, [measure]), all = RunEvaluation.Of(run, qrels, [measure], complete: true);

        Assert.Equal(["1"], some.Queries);
        Assert.Equal(["1", "2", "4"], all.Queries);
        Assert.Equal((1, 1.0 / 3, 2), (some.Mean(measure), all.Mean(measure), some.Missing));
    }

    public void Dispose() => _folder.Dispose();

    private TrecRun Load(string text) => TrecRun.Load(_folder.Write("a.run", text));
}
