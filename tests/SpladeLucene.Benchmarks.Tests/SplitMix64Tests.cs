using SpladeLucene.Benchmarks.Collections;

namespace SpladeLucene.Benchmarks.Tests;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Next_PublishedSeed_GivesThePublishedNumbers()
    {
        var random = new SplitMix64(1234567);
        ulong[] numbers = [.. Enumerable.Range(0, 5).Select(_ => random.Next())];
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            numbers);
    }

    [Fact]
    public void Normal_ManyNumbers_HasNoMeanAndADeviationOfOne()
    {
        var random = new SplitMix64(1);
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(_ => random.Normal())];
        Assert.Equal(0, numbers.Average(), 0.02);
        Assert.Equal(1, numbers.Average(number => number * number), 0.02);
    }

    [Fact]
    public void Shuffle_AnyItems_KeepsThemAll()
    {
        int[] items = [.. Enumerable.Range(0, 1000)];
        new SplitMix64(3).Shuffle(items.AsSpan());
        Assert.NotEqual(Enumerable.Range(0, 1000), items);
        Assert.Equal(Enumerable.Range(0, 1000), items.Order());
    }
}
