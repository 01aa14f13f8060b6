using CsCheck;
using SpladeLucene.Windows;

namespace SpladeLucene.Core.Tests.Windows;

/// <summary>Merging by twos beside adding up term by term.</summary>
public sealed class VectorMergerTests
{
    // Few terms, so that windows share them; weights of eighths, so that heaviest windows tie and sums are exact.
    private static readonly Gen<SparseVector> Vectors = Gen.Select(Gen.Int[0, 40], Gen.Int[1, 4], Gen.Int[0, 30])
        .List[0, 25].Select(terms => SparseVector.Create(terms.DistinctBy(term => term.Item1).Select(term =>
            new SparseTerm($"t{term.Item1}", term.Item2 / 8f, term.Item3 == 0 ? null : new SourceSpan(term.Item3, term.Item3 + 1)))));

    [Theory]
    [InlineData("max")]
    [InlineData("weighted-mean")]
    [InlineData("saturated/0.6/0.11")]
    public void Result_OfAnyWindows_IsWhatAddingUpTermByTermGives(string name)
    {
        WindowMerge merge = WindowMerge.Parse(name)!;
        Vectors.List[0, 12].Sample(windows =>
        {
            var merger = new VectorMerger(merge);
            foreach (SparseVector window in windows) merger.Add(window);
            SparseVector expected = Expected(windows, merge), found = merger.Result();
            Assert.Equal(expected, found);
            Assert.Equal(expected.Select(term => term.Span), found.Select(term => term.Span));
        });
    }

    private static SparseVector Expected(List<SparseVector> windows, WindowMerge merge)
    {
        if (windows.Count <= 1) return windows.Count == 0 ? SparseVector.Empty : windows[0];
        return SparseVector.Create(windows.SelectMany(window => window).GroupBy(term => term.Term).Select(same =>
        {
            SparseTerm heaviest = same.OrderByDescending(term => term.Weight)
                .ThenBy(term => term.Span?.Start ?? int.MaxValue).First();
            return heaviest with
            {
                Weight = merge.WeightOf(
                    same.Sum(term => (double)term.Weight), heaviest.Weight, same.Count(), windows.Count),
            };
        }));
    }
}
