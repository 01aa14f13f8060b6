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
