namespace SpladeLucene.Tests;

public sealed class SpladeProgressTests
{
    [Fact]
    public void ToString_HalfWay_SaysRateAndTimeLeft() =>
        Assert.Equal("1,500 of 3,000 (50 %), 100/s, 0:15 left",
            new SpladeProgress(1500, 3000, TimeSpan.FromSeconds(15)).ToString());

    [Fact]
    public void ToString_AllButOne_IsNotYetAll() =>
        Assert.Contains("(99 %)", new SpladeProgress(4999, 5000, TimeSpan.FromSeconds(1)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void ToString_UnknownTotal_SaysWhatIsDone() =>
        Assert.Equal("10, 5/s", new SpladeProgress(10, null, TimeSpan.FromSeconds(2)).ToString());

    [Fact]
    public void TimeLeft_NothingDoneYet_IsUnknown() => Assert.Null(new SpladeProgress(0, 5, TimeSpan.Zero).TimeLeft);

    [Fact]
    public void ToString_LongWork_CountsHours() =>
        Assert.EndsWith("2:46:40 left", new SpladeProgress(1, 10_001, TimeSpan.FromSeconds(1)).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, long.MaxValue, 3600)]
    [InlineData(1, 1_000_000_000_000, 1e6)]
    [InlineData(long.MinValue, long.MaxValue, 1)]
    public void TimeLeft_LongerThanAnyTimeSpan_IsUnknown(long done, long total, double seconds)
    {
        var progress = new SpladeProgress(done, total, TimeSpan.FromSeconds(seconds));

        Assert.Null(progress.TimeLeft);
        Assert.DoesNotContain("left", progress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TimeLeft_MoreDoneThanExpected_IsNone() =>
        Assert.Equal(TimeSpan.Zero, new SpladeProgress(7, 5, TimeSpan.FromSeconds(1)).TimeLeft);
}
