namespace SpladeLucene.Core.Tests;

public sealed class TextWindowsTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(10, -1)]
    [InlineData(10, 8)]
    public void Constructor_OutOfRange_IsRefused(int tokens, int overlap) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextWindows(tokens, overlap));

    [Fact]
    public void Equals_SameWindows_AreEqual()
    {
        Assert.Equal(new TextWindows(10, 7), new TextWindows(10, 7, WindowMerge.Max));
        Assert.NotEqual(new TextWindows(10, 7), new TextWindows(10, 7, WindowMerge.WeightedMean));
        Assert.NotEqual(new TextWindows(10), TextWindows.None);
    }
}
