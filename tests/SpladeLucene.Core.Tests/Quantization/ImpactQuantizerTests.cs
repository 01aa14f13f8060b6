namespace SpladeLucene.Core.Tests;

public sealed class ImpactQuantizerTests
{
    [Theory]
    [InlineData(0f, 0)]
    [InlineData(0.009f, 0)]
    [InlineData(0.5f * 5 / 256, 0)] // half of an impact: to even
    [InlineData(1.5f * 5 / 256, 2)]
    [InlineData(2.5f * 5 / 256, 2)]
    [InlineData(0.01f, 1)]
    [InlineData(1f, 51)]
    [InlineData(2.5f, 128)]
    [InlineData(4.98f, 255)]
    [InlineData(5f, 255)]
    [InlineData(1000f, 255)]
    public void Quantize_DefaultRange_RoundsHalfToEvenAndClips(float weight, int impact) =>
        Assert.Equal(impact, ImpactQuantizer.Default.Quantize(weight));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    public void Quantize_NotAWeight_IsRefused(float weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImpactQuantizer.Default.Quantize(weight));

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    public void ForIntegers_UpTo255_AreTheImpacts(int largest)
    {
        ImpactQuantizer quantizer = ImpactQuantizer.ForIntegers(largest);

        Assert.All(Enumerable.Range(0, 256), weight => Assert.Equal(weight, quantizer.Quantize(weight)));
        Assert.Throws<ArgumentOutOfRangeException>(() => quantizer.Quantize(256));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(600)]
    [InlineData(900_000)]
    public void ForIntegers_LargerOnes_AreScaledAndNoneIsClipped(int largest)
    {
        ImpactQuantizer quantizer = ImpactQuantizer.ForIntegers(largest);

        Assert.Equal(255, quantizer.Quantize(largest));
        Assert.Equal(0, quantizer.Measure(SparseVector.FromWeights([KeyValuePair.Create("a", (float)largest)])).Clipped);
        Assert.Throws<ArgumentOutOfRangeException>(() => quantizer.Quantize(largest + 1));
        Assert.Equal(1, quantizer.Measure(SparseVector.FromWeights([KeyValuePair.Create("a", 2f * largest)])).Clipped);
    }

    [Fact]
    public void Quantize_TermThatWouldBeClipped_IsNamed() => Assert.StartsWith(
        "The weight 256.5 of the term 'dog' is over 255, the largest that fits an impact: call ForIntegers", Assert.Throws<ArgumentOutOfRangeException>(
            () => ImpactQuantizer.ForIntegers(255).Quantize(new SparseTerm("dog", 256.5f))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(900_001)]
    public void ForIntegers_NoLargestWeight_IsRefused(int largest) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ImpactQuantizer.ForIntegers(largest));

    [Fact]
    public void Dequantize_EveryImpact_ComesBack()
    {
        foreach (double range in new[] { 1, 3.7, 5, 20 })
        {
            var quantizer = new ImpactQuantizer(range);
            for (int impact = 1; impact <= ImpactQuantizer.MaxImpact; impact++)
                Assert.Equal(impact, quantizer.Quantize(quantizer.Dequantize(impact)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1e-7)]
    [InlineData(1e7)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_BadRange_IsRefused(double range) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImpactQuantizer(range));

    [Fact]
    public void Measure_KnownWeights_ReportsDroppedClippedAndError()
    {
        SparseVector vector = SparseVector.Create([new("exact", 2.5f), new("light", 0.005f), new("heavy", 5.98046875f)]);

        QuantizationReport report = ImpactQuantizer.Default.Measure(vector);

        Assert.Equal((3, 1, 1), (report.Weights, report.Dropped, report.Clipped));
        Assert.Equal(1, report.LargestError, 6);
        Assert.Equal(Math.Sqrt((1 + 0.005 * 0.005) / 3), report.RootMeanSquareError, 6);
    }

    [Fact]
    public void Measure_NoVectors_ReportsNothing() =>
        Assert.Equal(new QuantizationReport(0, 0, 0, 0, 0), ImpactQuantizer.Default.Measure(Array.Empty<SparseVector>()));
}
