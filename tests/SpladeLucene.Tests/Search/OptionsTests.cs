namespace SpladeLucene.Tests;

/// <summary>What options refuse, they refuse where they are set, not where they are used.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(2)]
    public void LeastShareOfHeaviest_OutOfRange_IsRefused(double share) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new QueryTermPruning { LeastShareOfHeaviest = share });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-5)]
    [InlineData(float.PositiveInfinity)]
    public void Floor_OutOfRange_IsRefused(float number)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreFloor { Score = number });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreFloor { ShareOfBest = number });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreFloor { ShareOfTenth = number });
    }

    [Fact]
    public void Init_NumbersOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreFloor { ShareOfBest = 1.01f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new QueryTermPruning { Rescored = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new QueryTermPruning { HeaviestTerms = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeSearchOptions { Algorithm = (SearchAlgorithm)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeSearcherOptions { DegreeOfParallelism = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImpactCacheOptions { BudgetInBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeIndexerOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeIndexerOptions { Total = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SpladeQueryOptions { IdfExponent = float.NaN });
    }

    [Fact]
    public void Init_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new SpladeSearchOptions { TermPruning = null! });
        Assert.Throws<ArgumentNullException>(() => new SpladeSearcherOptions { Impacts = null! });
        Assert.Throws<ArgumentNullException>(() => new SpladeSearcherOptions { Scheduler = null! });
        Assert.Throws<ArgumentNullException>(() => new SpladeSearcherOptions { Search = null! });
        Assert.Throws<ArgumentNullException>(() => new SpladeIndexerOptions { Format = null! });
        Assert.Throws<ArgumentNullException>(() => new SpladeQueryOptions { Format = null! });
        Assert.Throws<ArgumentNullException>(() => new SpladeQuery("a", SparseVector.Empty) { Floor = null! });
    }
}
