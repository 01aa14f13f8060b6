using SpladeLucene.Onnx.Batching;

namespace SpladeLucene.Onnx.Tests;

public sealed class BatchPlanTests
{
    [Fact]
    public void Cut_RandomLengths_KeepsEveryTextOnceWithinTheBudget()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            int[] lengths = [.. Enumerable.Range(0, random.Next(0, 60)).Select(_ => random.Next(3, 100))];
            int budget = random.Next(0, 400);
            int[][] batches = [.. new BatchPlan(budget).Cut(lengths)];
            Assert.Equal(Enumerable.Range(0, lengths.Length), batches.SelectMany(batch => batch).Order());
            foreach (int[] batch in batches)
                Assert.True(batch.Length == 1 || batch.Length * batch.Max(index => lengths[index]) <= budget);
        }
    }

    [Fact]
    public void Cut_RowsOfOneWidth_CountAsLongAsTheyAre() =>
        Assert.Equal([[0, 1], [2, 3]], new BatchPlan(20, Width: 10).Cut([3, 3, 3, 3]));

    [Fact]
    public void Cut_MoreTextsThanABatchHas_BeginsAnother() =>
        Assert.Equal([[0, 1, 2], [3]], new BatchPlan(1000, Texts: 3).Cut([3, 3, 3, 3]));

    [Fact]
    public void Cut_TextsOfTwoLengths_PutsTheLikeTogether() =>
        Assert.Equal([[0, 2], [4], [1], [3]], new BatchPlan(20).Cut([10, 30, 10, 30, 10]));
}
