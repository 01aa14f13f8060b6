using CsCheck;

namespace SpladeLucene.Core.Tests;

public sealed class SparseVectorPropertyTests
{
    [Fact]
    public void Create_AnyOrder_IsTheSameVector() =>
        (from terms in Generated.Terms from shuffled in Gen.Shuffle(terms) select (terms, shuffled)).Sample(both =>
        {
            SparseVector vector = SparseVector.Create(both.shuffled);
            Assert.Equal(SparseVector.Create(both.terms), vector);
            Assert.Equal(
                both.terms.OrderBy(term => term.Term, StringComparer.Ordinal), vector);
            foreach (SparseTerm term in both.terms) Assert.Equal(term.Weight, vector.WeightOf(term.Term));
        });

    [Fact]
    public void Dot_AnyVectors_IsTheSumOverSharedTermsInBothDirections() =>
        Gen.Select(Generated.Vector, Generated.Vector).Sample((one, other) =>
        {
            double expected = one.Sum(term => (double)term.Weight * other.WeightOf(term.Term));
            Assert.Equal(expected, one.Dot(other), 1e-9);
            Assert.Equal(one.Dot(other), other.Dot(one));
        });

    [Fact]
    public void Max_AnyVectors_IsTheLargerWeightOfEachTerm() =>
        Gen.Select(Generated.Vector, Generated.Vector, Generated.Vector).Sample((one, other, third) =>
        {
            SparseVector both = one.Max(other);
            Assert.Equal(one.Select(term => term.Term).Union(other.Select(term => term.Term)).Count(), both.Count);
            foreach (SparseTerm term in both)
                Assert.Equal(Math.Max(one.WeightOf(term.Term), other.WeightOf(term.Term)), term.Weight);
            Assert.Equal(both, other.Max(one));
            Assert.Equal(both.Max(third), one.Max(other.Max(third)));
            Assert.Equal(one, one.Max(one));
        });

    [Fact]
    public void Top_AnyNumber_IsTheBeginningOfTheSortedTerms() =>
        Gen.Select(Generated.Vector, Gen.Int[0, 25]).Sample((vector, most) => Assert.Equal(
            vector.OrderByDescending(term => term.Weight).ThenBy(term => term.Term, StringComparer.Ordinal).Take(most),
            vector.Top(most)));

    [Fact]
    public void Prune_AnyLimits_KeepsTheHeaviestThatAreHeavyEnough() =>
        Gen.Select(Generated.Vector, Generated.Pruning).Sample((vector, pruning) =>
        {
            SparseVector pruned = vector.Prune(pruning);
            float share = pruning.MinRatio * vector.Select(term => term.Weight).DefaultIfEmpty().Max();
            Assert.Equal(
                vector.Top(pruning.MaxTerms).Where(term => term.Weight >= pruning.MinWeight && term.Weight >= share)
                    .OrderBy(term => term.Term, StringComparer.Ordinal),
                pruned);
            Assert.Equal(pruned, pruned.Prune(pruning));
        });

    [Fact]
    public void Apply_WholeNormalization_GivesEveryVectorTheNorm() =>
        Gen.Select(Generated.Vector, Gen.Float[0.1f, 100]).Sample((vector, norm) =>
        {
            SparseVector normalized = new LengthNormalization(1, norm).Apply(vector);
            Assert.Equal(vector.Select(term => term.Term), normalized.Select(term => term.Term));
            if (vector.Count > 0) Assert.Equal(norm, Math.Sqrt(normalized.Dot(normalized)), norm * 1e-5);
        });
}
