namespace SpladeLucene.Evaluation.Tests;

public sealed class BootstrapTests
{
    [Fact]
    public void Of_ManyValues_ComesNearTheNormalInterval()
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        double mean = values.Average();
        double error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length / values.Length);
        var interval = Bootstrap.Of(values);
        Assert.Equal(mean, interval.Mean, 1e-12);
        Assert.Equal(mean - (1.96 * error), interval.Low, 0.1 * error * 1.96);
        Assert.Equal(mean + (1.96 * error), interval.High, 0.1 * error * 1.96);
    }

    [Fact]
    public void Of_SameValues_IsTheSameEachTime() =>
        Assert.Equal(Bootstrap.Of([0.2, 0.5, 1, 0]), Bootstrap.Of([0.2, 0.5, 1, 0]));

    [Fact]
    public void OfDifference_ConstantDifference_HasNoWidth()
    {
        var interval = Bootstrap.OfDifference([0.75, 0.5, 1], [0.5, 0.25, 0.75]);
        Assert.Equal(new Bootstrap(0.25, 0.25, 0.25), interval);
    }

    [Fact]
    public void OfDifference_Cancelled_Ends() =>
        Assert.Throws<OperationCanceledException>(() => Bootstrap.OfDifference([1, 2], [0, 1], new CancellationToken(canceled: true)));
}
