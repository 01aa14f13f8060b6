namespace SpladeLucene.Evaluation.Tests;

/// <summary>The names of measures, and average precision and precision themselves.</summary>
public sealed class MeasureTests
{
    private static readonly Dictionary<string, int> Grades = new() { ["a"] = 1, ["b"] = 2, ["c"] = 0, ["d"] = 1 };

    [Theory]
    [InlineData("ndcg@10", "nDCG@10")]
    [InlineData("ndcg_cut_5", "nDCG@5")]
    [InlineData("recip_rank", "MRR")]
    [InlineData("mrr@10", "MRR@10")]
    [InlineData("map", "MAP")]
    [InlineData("map_cut_30", "MAP@30")]
    [InlineData("recall_1000", "R@1000")]
    [InlineData("p@5", "P@5")]
    public void Parse_UsualNamesAndTrecEvals_AreTheSame(string text, string name) =>
        Assert.Equal(name, $"{Measure.Parse(text)}");

    [Theory]
    [InlineData("P")]
    [InlineData("recall")]
    [InlineData("ndcg@0")]
    [InlineData("ndcg@ten")]
    [InlineData("f1@10")]
    [InlineData("")]
    [InlineData("@10")]
    public void Parse_NoMeasure_IsRefusedByName(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Measure.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_RanksOneAndFourOfThree_AreTheTextbooksValues()
    {
        string[] ranking = ["a", "x", "c", "b"];
        Assert.Equal((1.0 + 0.5) / 3, Measure.Parse("map").Of(ranking, Grades), 12);
        Assert.Equal(1.0 / 3, Measure.Parse("map@3").Of(ranking, Grades), 12);
        Assert.Equal(0.2, Measure.Parse("p@10").Of(ranking, Grades), 12);
        Assert.Equal(0, Measure.Parse("map").Of(ranking, new Dictionary<string, int> { ["c"] = 0 }));
    }
}
