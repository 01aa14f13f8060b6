namespace SpladeLucene.Core.Tests;

public sealed class WindowMergeTests
{
    public static TheoryData<WindowMerge> All => [WindowMerge.Max, WindowMerge.WeightedMean, WindowMerge.Saturated(0.6f, 0.1f)];

    [Theory]
    [MemberData(nameof(All))]
    public void WeightOf_OneWindow_IsItsWeight(WindowMerge merge) => Assert.Equal(2.5f, merge.WeightOf(2.5, 2.5f, 1, 1));

    [Fact]
    public void WeightOf_Saturated_GrowsWithTheWindowsThatHoldTheTermAndShrinksWithTheOthers()
    {
        WindowMerge merge = WindowMerge.Saturated(0.6f, 0.1f);
        float[] holding = [.. Enumerable.Range(1, 8).Select(n => merge.WeightOf(n, 1, n, 8))];
        float[] steps = [.. holding.Zip(holding.Skip(1), (less, more) => more - less)];
        Assert.All(steps, step => Assert.True(step > 0));
        Assert.Equal(steps.OrderDescending(), steps);
        Assert.True(merge.WeightOf(1, 1, 1, 9) < holding[0]);
        Assert.True(merge.WeightOf(1e6, 1, 1_000_000, 1_000_000) < 1.7f);
    }

    [Theory]
    [InlineData(-0.1f, 0)]
    [InlineData(0, float.NaN)]
    [InlineData(float.PositiveInfinity, 0)]
    public void Saturated_OutOfRange_IsRefused(float saturation, float lengthPenalty) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowMerge.Saturated(saturation, lengthPenalty));
}
