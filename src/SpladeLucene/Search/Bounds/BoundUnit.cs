using SpladeLucene.Impacts;

namespace SpladeLucene.Search.Bounds;

/// <summary>
/// What one step of a bound stands for, so that bounds of 16 bits hold the sums of a query: a term's part of a bound is its
/// weight in units, rounded up, times the level of its impact.
/// </summary>
internal readonly struct BoundUnit
{
    /// <summary>So many terms may bound: each is rounded up by less than a unit a level.</summary>
    public const int MostTerms = 1024;

    private readonly int _sum;

    /// <summary>The finest that the terms allow.</summary>
    /// <param name="terms">At most <see cref="MostTerms"/>.</param>
    public BoundUnit(ReadOnlySpan<SegmentTerm> terms)
    {
        long most = 0;
        foreach (SegmentTerm term in terms) most += term.Weight;
        most *= BlockIndex.MostLevel * BlockIndex.LevelStep;
        int room = ushort.MaxValue - (BlockIndex.MostLevel * terms.Length);
        _sum = (int)Math.Max(1, (most + room - 1) / room);
    }

    /// <summary>The units that a level of a term with this weight counts.</summary>
    public ushort WeightOf(int weight) => (ushort)UnitsFor(weight * BlockIndex.LevelStep);

    /// <summary>The least units that are worth a sum.</summary>
    public int UnitsFor(int sum) => (sum + _sum - 1) / _sum;

    /// <summary>What units are worth.</summary>
    public int SumOf(int units) => units * _sum;
}
