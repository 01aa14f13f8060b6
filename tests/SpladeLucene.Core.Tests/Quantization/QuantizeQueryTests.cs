using CsCheck;

namespace SpladeLucene.Core.Tests;

public sealed class QuantizeQueryTests
{
    private static SparseVector Query(params float[] weights) =>
        SparseVector.Create(weights.Select((weight, i) => new SparseTerm($"t{i:0000}", weight)));

    [Fact]
    public void QuantizeQuery_AnyWeights_TakesTheLargestScaleThatFits() =>
        Gen.Select(Gen.Float[1e-4f, 1].Array[1, 200], Gen.Int[-6, 6]).Sample((shares, exponent) =>
        {
            float[] weights = Array.ConvertAll(shares, share => share * MathF.Pow(10, exponent));
            QuantizedQuery query = ImpactQuantizer.Default.QuantizeQuery(Query(weights));

            Assert.InRange(SumAt(weights, query.Unit) * 255, 1, ImpactQuantizer.MaxScoreSum);
            Assert.True(SumAt(weights, query.Unit / 2) * 255 > ImpactQuantizer.MaxScoreSum, "a bit is wasted");
        });

    [Fact]
    public void QuantizeQuery_AnyWeights_AreOffByHalfAUnitAtMost() =>
        Gen.Select(Generated.Vector.Where(vector => vector.Count > 0), Gen.Double[0.01, 100]).Sample((vector, range) =>
        {
            QuantizedQuery query = new ImpactQuantizer(range).QuantizeQuery(vector);
            Dictionary<string, int> weights =
                query.Terms.ToArray().ToDictionary(term => term.Term, term => term.Weight, StringComparer.Ordinal);
            foreach (SparseTerm term in vector)
            {
                double exact = term.Weight * range / 256 / query.Unit;
                Assert.InRange(Math.Abs(weights.GetValueOrDefault(term.Term) - exact), 0, 0.5);
            }
        });

    [Fact]
    public void QuantizeQuery_IdfWeights_AreNotClipped()
    {
        QuantizedQuery query = ImpactQuantizer.Default.QuantizeQuery(Query(15.6f, 7.8f, 0.1f));

        Assert.Equal(2, (double)query.Terms[0].Weight / query.Terms[1].Weight, 3);
        Assert.Equal(156, (double)query.Terms[0].Weight / query.Terms[2].Weight, 0.5);
    }

    [Fact]
    public void QuantizeQuery_AThousandHeavyTerms_KeepsTheSumBelowTheLimit()
    {
        QuantizedQuery query = ImpactQuantizer.Default.QuantizeQuery(Query([.. Enumerable.Repeat(15.6f, 1000)]));

        Assert.Equal(1000, query.Terms.Length);
        Assert.InRange(255L * query.Terms.ToArray().Sum(term => term.Weight), 1, ImpactQuantizer.MaxScoreSum);
    }

    [Fact]
    public void QuantizeQuery_ScoresInWeights_AreTheDotProduct()
    {
        SparseVector document = SparseVector.Create([new("t0000", 2.5f), new("t0001", 1.25f)]);
        QuantizedQuery query = ImpactQuantizer.Default.QuantizeQuery(Query(1.7f, 0.3f));

        int sum = 0;
        foreach (QuantizedTerm term in query.Terms)
            sum += term.Weight * ImpactQuantizer.Default.Quantize(document.WeightOf(term.Term));

        Assert.Equal(1.7 * 2.5 + 0.3 * 1.25, sum * query.Unit, 1e-4);
    }

    [Fact]
    public void QuantizeQuery_TermsTooLightBesideOthers_AreDropped() =>
        Assert.Equal(1, ImpactQuantizer.Default.QuantizeQuery(Query(100f, 1e-9f)).Terms.Length);

    [Fact]
    public void QuantizeQuery_MoreTermsThanCanBeScored_IsRefused() => Assert.Throws<ArgumentException>(
        () => ImpactQuantizer.Default.QuantizeQuery(Query([.. Enumerable.Repeat(1f, 140_000)])));

    [Theory]
    [InlineData(5000, true)]
    [InlineData(40_000, false)]
    [InlineData(55_000, false)]
    [InlineData(65_000, false)]
    public void QuantizeQuery_ThousandsOfEqualTerms_WeighWhatTheyDoOrAreRefused(int count, bool fits)
    {
        SparseVector query = Query([.. Enumerable.Repeat(1f, count)]);
        if (!fits)
        {
            Assert.Contains($"The query has {count} terms",
                Assert.Throws<ArgumentException>(() => ImpactQuantizer.Default.QuantizeQuery(query)).Message, StringComparison.Ordinal);
            return;
        }

        QuantizedQuery quantized = ImpactQuantizer.Default.QuantizeQuery(query);
        Assert.Equal(1, quantized.Terms[0].Weight * quantized.Unit * 51.2, 0.1);
    }

    [Fact]
    public void QuantizeQuery_Empty_HasNoTerms() =>
        Assert.True(ImpactQuantizer.Default.QuantizeQuery(SparseVector.Empty).Terms.IsEmpty);

    [Fact]
    public void QuantizeQuery_UnitIsAPowerOfTwo()
    {
        float unit = ImpactQuantizer.Default.QuantizeQuery(Query(0.7f, 3.1f)).Unit;

        Assert.Equal(MathF.Log2(unit), MathF.Round(MathF.Log2(unit)));
    }

    [Fact]
    public void QuantizeQuery_SmallestAndLargestFloats_StayFiniteOrAreRefused()
    {
        Assert.True(float.IsNormal(ImpactQuantizer.Default.QuantizeQuery(Query(1e-28f)).Unit));
        Assert.Throws<ArgumentException>(() => ImpactQuantizer.Default.QuantizeQuery(Query(float.Epsilon)));
        Assert.Throws<ArgumentException>(() => ImpactQuantizer.Default.QuantizeQuery(Query(float.MaxValue)));
    }

    private static double SumAt(float[] weights, float unit) =>
        weights.Sum(weight => Math.Round(weight * 5.0 / 256 / unit, MidpointRounding.ToEven));
}
