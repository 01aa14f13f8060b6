using Lucene.Net.Search;

namespace SpladeLucene.Tests;

public sealed class RankFusionTests
{
    private static readonly RankedHit<string>[] One = [new("a", 8), new("b", 4), new("c", 2)];
    private static readonly RankedHit<string>[] Other = [new("c", 0.5), new("d", 0.4), new("a", 0.1)];

    [Fact]
    public void WeightedSum_Max_AddsSharesOfTheBest()
    {
        IReadOnlyList<RankedHit<string>> fused = RankFusion.WeightedSum([(One, 0.25), (Other, 0.75)]);
        Assert.Equal(["c", "d", "a", "b"], fused.Select(hit => hit.Document));
        AssertScores([0.25 * 0.25 + 0.75, 0.75 * 0.8, 0.25 + 0.75 * 0.2, 0.25 * 0.5], fused);
    }

    [Fact]
    public void WeightedSum_MinMax_StretchesEachRanking()
    {
        RankedHit<string>[] dense = [new("d", -0.1), new("a", -0.2), new("b", -0.5)];
        IReadOnlyList<RankedHit<string>> fused =
            RankFusion.WeightedSum([(One, 1), (dense, 1)], ScoreNormalization.MinMax);
        Assert.Equal(["a", "d", "b", "c"], fused.Select(hit => hit.Document));
        AssertScores([1.75, 1, 1.0 / 3, 0], fused);
    }

    [Fact]
    public void WeightedSum_None_AddsTheScoresThemselves()
    {
        IReadOnlyList<RankedHit<string>> fused =
            RankFusion.WeightedSum([(One, 0.5), (Other, 10)], ScoreNormalization.None);
        Assert.Equal(["c", "a", "d", "b"], fused.Select(hit => hit.Document));
        AssertScores([6, 5, 4, 2], fused);
    }

    [Fact]
    public void WeightedSum_OneRanking_KeepsItsOrder() =>
        Assert.Equal(One.Select(hit => hit.Document), RankFusion.WeightedSum([(One, 1)]).Select(hit => hit.Document));

    [Theory]
    [InlineData(ScoreNormalization.Max)]
    [InlineData(ScoreNormalization.MinMax)]
    public void WeightedSum_EqualAndMissingScores_AreNoTrouble(ScoreNormalization normalization)
    {
        RankedHit<string>[] equal = [new("b", 0), new("a", 0)];
        IReadOnlyList<RankedHit<string>> fused = RankFusion.WeightedSum([(equal, 1), ([], 1)], normalization);
        Assert.Equal([new("b", 1), new("a", 1)], fused);
        Assert.Empty(RankFusion.WeightedSum<string>([], normalization));
    }

    [Fact]
    public void ReciprocalRank_Rankings_AddsReciprocalsOfRanks()
    {
        IReadOnlyList<RankedHit<string>> fused = RankFusion.ReciprocalRank<string>([One, Other]);
        Assert.Equal(["a", "c", "b", "d"], fused.Select(hit => hit.Document));
        AssertScores([1.0 / 61 + 1.0 / 63, 1.0 / 63 + 1.0 / 61, 1.0 / 62, 1.0 / 62], fused);
    }

    [Fact]
    public void Fusion_WhatCannotBeFused_IsRefused()
    {
        RankedHit<string>[] twice = [new("a", 2), new("a", 1)], negative = [new("a", -1)];
        RankedHit<string>[] endless = [new("a", double.NaN)];
        Assert.Contains("'a' stands twice", Assert.Throws<ArgumentException>(
            () => RankFusion.ReciprocalRank<string>([One, twice])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RankFusion.WeightedSum([(twice, 1)]));
        Assert.Throws<ArgumentException>(() => RankFusion.WeightedSum([(negative, 1)]));
        Assert.Throws<ArgumentException>(() => RankFusion.WeightedSum([(endless, 1)], ScoreNormalization.MinMax));
        Assert.Throws<ArgumentException>(() => RankFusion.WeightedSum([(One, -1.0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankFusion.ReciprocalRank<string>([One], 0));
    }

    [Fact]
    public void ToRanking_TopDocs_KeepsOrderAndScores() => Assert.Equal(
        [new RankedHit<int>(7, 2.5), new RankedHit<int>(3, 1)],
        new TopDocs(2, [new ScoreDoc(7, 2.5f), new ScoreDoc(3, 1)], 2.5f).ToRanking());

    private static void AssertScores(double[] expected, IReadOnlyList<RankedHit<string>> fused)
    {
        Assert.Equal(expected.Length, fused.Count);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], fused[i].Score, 1e-12);
    }
}
