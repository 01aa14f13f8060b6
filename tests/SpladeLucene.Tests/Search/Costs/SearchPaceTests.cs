using SpladeLucene.Search.Costs;

namespace SpladeLucene.Tests.Search.Costs;

/// <summary>What searches took changes which algorithm is tried, and nothing else.</summary>
public sealed class SearchPaceTests
{
    private const double Expected = 1_000_000;

    private readonly SearchPace _pace = new();

    [Fact]
    public void WindowsToBlocks_OneOfThemUnknown_IsOne()
    {
        Assert.Equal(1, _pace.WindowsToBlocks);
        Learn(windows: true, 3);
        Assert.Equal(1, _pace.WindowsToBlocks);
    }

    [Theory]
    [InlineData(3, 1.5, 2)]
    [InlineData(1, 2, 0.5)]
    [InlineData(100, 1, 4)]
    [InlineData(1, 100, 0.25)]
    public void WindowsToBlocks_BothKnown_IsTheirRatioWithinBounds(double windows, double blocks, double ratio)
    {
        Learn(windows: true, windows);
        Learn(windows: false, blocks);
        Assert.Equal(ratio, _pace.WindowsToBlocks, 1e-5);
    }

    [Fact]
    public void Learn_FirstRunIsSlow_IsForgottenSoon()
    {
        Learn(windows: false, 1);
        Learn(windows: true, 4);
        for (int i = 0; i < 12; i++) Learn(windows: true, 1);
        Assert.InRange(_pace.WindowsToBlocks, 1, 1.1);
    }

    [Fact]
    public void Learn_ThreadPutAside_MovesLittle()
    {
        Learn(windows: false, 1);
        Learn(windows: true, 1);
        Learn(windows: true, 10_000);
        Assert.InRange(_pace.WindowsToBlocks, 1, 1.2);
    }

    [Fact]
    public void Learn_MachineChanges_Follows()
    {
        Learn(windows: false, 1);
        Learn(windows: true, 1);
        for (int i = 0; i < 100; i++) Learn(windows: true, 2);
        Assert.InRange(_pace.WindowsToBlocks, 1.95, 2);
    }

    [Fact]
    public void Learn_ShortSearch_SaysNothing()
    {
        _pace.Learn(windows: true, 19_999, TimeSpan.FromSeconds(1));
        Learn(windows: false, 1);
        Assert.Equal(1, _pace.WindowsToBlocks);
    }

    [Fact]
    public void WantsBlocks_HardlyTried_WhereATrySaysSomething()
    {
        Assert.False(_pace.WantsBlocks(19_999));
        for (int tries = 0; tries < 4; tries++)
        {
            Assert.True(_pace.WantsBlocks(Expected));
            Learn(windows: false, 1);
        }

        Assert.False(_pace.WantsBlocks(Expected));
    }

    // Nothing would try it again: at a quarter of its pace a middling segment can't afford a single block.
    [Fact]
    public void Learn_FirstTryOfBlocksIsCold_DoesNotEndAllTries()
    {
        Learn(windows: true, 1);
        Learn(windows: false, 50);
        while (_pace.WantsBlocks(Expected)) Learn(windows: false, 1);
        Assert.Equal(1, _pace.WindowsToBlocks, 1e-5);
    }

    [Fact]
    public void AffordableBlocks_SlowerWindows_PayForMoreVisits()
    {
        var costs = new SearchCosts(Windows: 1_000_000, Bounds: 100_000, Visit: 1000);
        Assert.Equal(900, costs.AffordableBlocks(10, 1));
        Assert.Equal(1900, costs.AffordableBlocks(10, 2));
        Assert.Equal(400, costs.AffordableBlocks(10, 0.5));
        Assert.Equal(0, costs.AffordableBlocks(1000, 1));
        Assert.Equal(costs.Windows, costs.Blocks(costs.AffordableBlocks(10, 1)));
    }

    private void Learn(bool windows, double pace) => _pace.Learn(windows, Expected, TimeSpan.FromTicks((long)(pace * Expected / 100)));
}
