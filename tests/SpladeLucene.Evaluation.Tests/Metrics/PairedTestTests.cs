namespace SpladeLucene.Evaluation.Tests;

public sealed class PairedTestTests
{
    [Fact]
    public void PValue_NoDifference_IsOne() => Assert.Equal(1, PairedTest.PValue([0.5, 0.25], [0.5, 0.25]));

    // Of the 2^5 exchanges two are as extreme as all of one sign.
    [Fact]
    public void PValue_FiveOfOneSign_IsASixteenth() =>
        Assert.InRange(PairedTest.PValue([1, 1, 1, 1, 1], [0, 0, 0, 0, 0]), 0.0525, 0.0725);

    [Fact]
    public void PValue_ManyOfOneSign_IsTheSmallestThereIs() => Assert.Equal(
        1 / 10_001.0, PairedTest.PValue([.. Enumerable.Repeat(0.3, 60)], [.. Enumerable.Repeat(0.2, 60)]));

    [Fact]
    public void PValue_Swapped_IsTheSame() =>
        Assert.Equal(PairedTest.PValue([0.1, 0.9, 0.4], [0.3, 0.2, 0.4]), PairedTest.PValue([0.3, 0.2, 0.4], [0.1, 0.9, 0.4]));

    [Fact]
    public void PValue_Cancelled_Ends() =>
        Assert.Throws<OperationCanceledException>(() => PairedTest.PValue([1, 2], [0, 1], new CancellationToken(canceled: true)));
}
