using SpladeLucene.Benchmarks.Engines;

namespace SpladeLucene.Benchmarks.Tests;

public sealed class EnginesTests
{
    [Theory]
    [InlineData(1, 0.99, 1)]
    [InlineData(4, 0.5, 2)]
    [InlineData(100, 0.5, 50)]
    [InlineData(100, 0.95, 95)]
    [InlineData(100, 0.99, 99)]
    [InlineData(100, 1, 100)]
    public void At_ValuesFromOneOn_IsTheNearestRank(int count, double share, double expected) =>
        Assert.Equal(expected, Percentiles.At([.. Enumerable.Range(1, count).Select(value => (double)value)], share));

    [Fact]
    public void Start_NoSuchProgram_SaysWhich() => Assert.Contains("no-such-program did not start",
        Assert.Throws<IOException>(() => OutsideProgram.Start("no-such-program", [])).Message, StringComparison.Ordinal);
}
