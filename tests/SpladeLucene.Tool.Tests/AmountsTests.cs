namespace SpladeLucene.Tool.Tests;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(48_240_000, "48.2 MB")]
    [InlineData(312_000_000_000, "312 GB")]
    public void Bytes_OfEachSize_HasAUnitThatFits(long bytes, string expected) =>
        Assert.Equal(expected, Amounts.Bytes(bytes));

    [Theory]
    [InlineData(0.31, "0.3 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.7, "1:00 min")]
    [InlineData(250, "4:10 min")]
    [InlineData(3599.6, "1:00:00 h")]
    [InlineData(100_000, "27:46:40 h")]
    public void Time_OfEachLength_HasAUnitThatFits(double seconds, string expected) =>
        Assert.Equal(expected, Amounts.Time(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "1 text")]
    [InlineData(1200, "1,200 texts")]
    public void Count_OneAndMany_SaysTheNumber(long count, string expected) =>
        Assert.Equal(expected, Amounts.Count(count, "text"));
}
