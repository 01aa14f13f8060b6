namespace SpladeLucene.Tests;

public sealed class WorkProgressTests
{
    [Fact]
    public void ToString_HalfWay_SaysRateAndTimeLeft() =>
        Assert.Equal("1,500 of 3,000 (50 %), 100/s, 0:15 left",
            new WorkProgress(1500, 3000, TimeSpan.FromSeconds(15)).ToString());

    [Fact]
    public void ToString_UnknownTotal_SaysWhatIsDone() =>
        Assert.Equal("10, 5/s", new WorkProgress(10, null, TimeSpan.FromSeconds(2)).ToString());

    [Fact]
    public void TimeLeft_NothingDoneYet_IsUnknown() => Assert.Null(new WorkProgress(0, 5, TimeSpan.Zero).TimeLeft);

    [Fact]
    public void ToString_LongWork_CountsHours() =>
        Assert.EndsWith("2:46:40 left", new WorkProgress(1, 10_001, TimeSpan.FromSeconds(1)).ToString(), StringComparison.Ordinal);
}
