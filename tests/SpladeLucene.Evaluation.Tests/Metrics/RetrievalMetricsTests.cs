namespace SpladeLucene.Evaluation.Tests;

public sealed class RetrievalMetricsTests
{
    private static readonly Dictionary<string, int> Grades = new()
    {
        ["d1"] = 3, ["d2"] = 2, ["d3"] = 3, ["d4"] = 0, ["d5"] = 1, ["d6"] = 2, ["d7"] = 3, ["d8"] = 2,
    };

    // The worked example that textbooks and encyclopedias give: DCG 6.861, ideal DCG 8.740.
    [Fact]
    public void Ndcg_TextbookExample_IsThePublishedValue() =>
        Assert.Equal(0.785, RetrievalMetrics.Ndcg(["d1", "d2", "d3", "d4", "d5", "d6"], Grades, 6), 3);

    [Fact]
    public void Ndcg_BestRanking_IsOne() =>
        Assert.Equal(1, RetrievalMetrics.Ndcg(["d7", "d3", "d1", "d8", "d2", "d6", "d5", "d4"], Grades, 10), 12);

    [Fact]
    public void Ndcg_JudgedNotRelevantAndNegative_GainNothing() =>
        Assert.Equal(0, RetrievalMetrics.Ndcg(["a", "b"], new Dictionary<string, int> { ["a"] = -1, ["b"] = 0 }, 10));

    [Fact]
    public void ReciprocalRank_FirstRelevantAtThree_IsAThird()
    {
        Assert.Equal(1.0 / 3, RetrievalMetrics.ReciprocalRank(["x", "d4", "d5", "d1"], Grades, 10));
        Assert.Equal(0, RetrievalMetrics.ReciprocalRank(["x", "d4", "d5"], Grades, 2));
    }

    [Fact]
    public void Recall_TwoOfSevenRelevant_IsTheirShare() =>
        Assert.Equal(2.0 / 7, RetrievalMetrics.Recall(["d1", "x", "d4", "d5", "d2"], Grades, 4));

    [Fact]
    public void EveryMeasure_NothingFound_IsZero()
    {
        Assert.Equal(0, RetrievalMetrics.Ndcg([], Grades, 10));
        Assert.Equal(0, RetrievalMetrics.ReciprocalRank([], Grades, 10));
        Assert.Equal(0, RetrievalMetrics.Recall([], Grades, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrievalMetrics.Ndcg([], Grades, 0));
    }
}
