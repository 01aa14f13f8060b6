using CsCheck;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Bounds;

namespace SpladeLucene.Tests.Search.Bounds;

/// <summary>Whether bounds in units are bounds, fit 16 bits, and are as close as levels allow.</summary>
public sealed class BoundUnitPropertyTests
{
    // 255 × the weights of a query are at most 2^24.
    private const int MostWeight = (1 << 24) / byte.MaxValue;

    private static readonly Gen<(int Weight, int Impact)[]> Terms = Gen
        .Select(Gen.Int[1, 4096], Gen.Int[0, byte.MaxValue]).Array[1, BoundUnit.MostTerms]
        .Select(terms => terms.Select(term => (Scaled(term.Item1, terms.Sum(other => other.Item1)), term.Item2)).ToArray());

    [Fact]
    public void SumOf_PartsOfAllTerms_BoundsTheirSum() => Terms.Sample(terms =>
    {
        var unit = new BoundUnit([.. terms.Select(term => new SegmentTerm(0, term.Weight))]);
        int sum = terms.Sum(term => term.Weight * term.Impact);
        int bound = terms.Sum(term => unit.WeightOf(term.Weight) * BlockIndex.LevelOf(term.Impact));
        int most = terms.Sum(term => unit.WeightOf(term.Weight) * BlockIndex.MostLevel);
        int levels = terms.Sum(term => term.Weight * BlockIndex.LevelOf(term.Impact) * BlockIndex.LevelStep);

        Assert.InRange(most, 1, ushort.MaxValue);
        Assert.True(unit.SumOf(bound) >= sum, $"{unit.SumOf(bound)} for {sum}");
        Assert.True(bound >= unit.UnitsFor(sum), $"{bound} units for {sum}");
        Assert.InRange(unit.SumOf(bound) - levels, 0, unit.SumOf(BlockIndex.MostLevel * terms.Length));
    });

    private static int Scaled(int weight, int all) => Math.Max(1, (int)((long)weight * MostWeight / 2 / Math.Max(all, MostWeight / 2)));
}
