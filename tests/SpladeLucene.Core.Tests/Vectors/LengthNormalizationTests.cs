namespace SpladeLucene.Core.Tests;

public sealed class LengthNormalizationTests
{
    private static readonly SparseVector Vector =
        SparseVector.Create([new SparseTerm("a", 3, new SourceSpan(0, 1)), new SparseTerm("b", 4)]);

    [Fact]
    public void Apply_None_GivesTheVectorItself()
    {
        Assert.Same(Vector, LengthNormalization.None.Apply(Vector));
        Assert.Same(SparseVector.Empty, new LengthNormalization(1).Apply(SparseVector.Empty));
    }

    [Theory]
    [InlineData(1, 10, 2)]
    [InlineData(0.5, 20, 2)]
    [InlineData(0.75, 5, 1)]
    public void Apply_Exponent_MultipliesByTheNormsToIt(float exponent, float norm, double factor)
    {
        SparseVector normalized = new LengthNormalization(exponent, norm).Apply(Vector);
        Assert.Equal(3 * factor, normalized.WeightOf("a"), 1e-5);
        Assert.Equal(4 * factor, normalized.WeightOf("b"), 1e-5);
        Assert.Equal(new SourceSpan(0, 1), normalized[0].Span);
    }

    [Fact]
    public void Constructor_OutOfRange_IsRefused()
    {
        foreach (float exponent in new[] { -0.1f, 1.1f, float.NaN })
            Assert.Throws<ArgumentOutOfRangeException>(() => new LengthNormalization(exponent));
        foreach (float norm in new[] { 0, -1, float.NaN, float.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => new LengthNormalization(1, norm));
    }
}
