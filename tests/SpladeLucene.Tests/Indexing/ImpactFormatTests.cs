namespace SpladeLucene.Tests;

public sealed class ImpactFormatTests
{
    [Fact]
    public void Default_Always_IsPayloadsWithoutOffsets()
    {
        Assert.Equal(WeightEncoding.Payload, ImpactFormat.Default.Encoding);
        Assert.Equal(ImpactQuantizer.Default, ImpactFormat.Default.Quantizer);
        Assert.False(ImpactFormat.Default.Offsets);
        Assert.Equal(ImpactFormat.Default, new ImpactFormat());
    }

    [Fact]
    public void Init_OffsetsWithTermFrequencies_AreRefusedInEitherOrder()
    {
        Assert.Throws<ArgumentException>(
            () => new ImpactFormat { Offsets = true, Encoding = WeightEncoding.TermFrequency });
        Assert.Throws<ArgumentException>(
            () => new ImpactFormat { Encoding = WeightEncoding.TermFrequency, Offsets = true });
        Assert.Throws<ArgumentException>(
            () => new ImpactFormat { Offsets = true } with { Encoding = WeightEncoding.TermFrequency });
    }

    [Fact]
    public void Init_UnknownEncodingOrNoQuantizer_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImpactFormat { Encoding = (WeightEncoding)7 });
        Assert.Throws<ArgumentNullException>(() => new ImpactFormat { Quantizer = null! });
    }
}
