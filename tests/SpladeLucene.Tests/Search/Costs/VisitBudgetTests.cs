using SpladeLucene.Search.Costs;

namespace SpladeLucene.Tests.Search.Costs;

/// <summary>How long block-max pruning hopes that fewer blocks will do.</summary>
public sealed class VisitBudgetTests
{
    [Theory]
    [InlineData(0, 1_000_000, true)]
    [InlineData(25, 225, true)]
    [InlineData(25, 226, false)]
    [InlineData(50, 50, true)]
    [InlineData(50, 51, false)]
    [InlineData(90, 10, true)]
    [InlineData(90, 11, false)]
    [InlineData(100, 0, true)]
    [InlineData(100, 1, false)]
    public void Affords_TheMoreIsSpent_FewerThanAreLeft(int spent, int blocks, bool affords) =>
        Assert.Equal(affords, new VisitBudget(100) { Spent = spent }.Affords(blocks));

    [Fact]
    public void Hoped_NoLimit_DoesNotOverflow()
    {
        var budget = new VisitBudget(int.MaxValue);
        Assert.Equal(int.MaxValue, budget.Hoped);
        budget.Spent = 1_000_000;
        Assert.True(budget.Affords(int.MaxValue));
    }
}
