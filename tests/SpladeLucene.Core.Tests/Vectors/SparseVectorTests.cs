namespace SpladeLucene.Core.Tests;

public sealed class SparseVectorTests
{
    private static SparseVector Vector(params (string Term, float Weight)[] terms) =>
        SparseVector.Create(terms.Select(term => new SparseTerm(term.Term, term.Weight)));

    [Fact]
    public void Create_TermsInAnyOrder_AreInOrdinalOrder()
    {
        SparseVector vector = Vector(("fox", 1), ("Zebra", 2), ("##es", 3), ("é", 4));

        Assert.Equal(["##es", "Zebra", "fox", "é"], vector.Select(term => term.Term));
    }

    [Fact]
    public void Create_ZeroWeight_IsLeftOut() => Assert.Equal(Vector(("a", 1)), Vector(("a", 1), ("b", 0)));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-0.5f)]
    public void Create_BadWeight_IsRefusedByTerm(float weight)
    {
        var error = Assert.Throws<ArgumentException>(() => Vector(("good", 1), ("fox", weight)));

        Assert.Contains("'fox'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_DuplicateTerm_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(() => Vector(("fox", 1), ("dog", 1), ("fox", 2)));

        Assert.Contains("'fox'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(5, 2)]
    public void Create_SpanThatIsNone_IsRefused(int start, int end) => Assert.Throws<ArgumentException>(
        () => SparseVector.Create([new SparseTerm("fox", 1, new SourceSpan(start, end))]));

    [Fact]
    public void Create_EmptyTerm_IsRefused() => Assert.Throws<ArgumentException>(() => Vector(("", 1)));

    [Fact]
    public void WeightOf_EveryTermAndNone_FindsThem()
    {
        SparseVector vector = Vector(("b", 2), ("a", 1), ("c", 3));

        Assert.Equal([1, 2, 3, 0], new[] { "a", "b", "c", "bb" }.Select(vector.WeightOf));
    }

    [Fact]
    public void Dot_SharedTerms_AddsTheirProducts()
    {
        double dot = Vector(("a", 1), ("b", 2), ("d", 5)).Dot(Vector(("b", 3), ("c", 7), ("d", 0.5f)));

        Assert.Equal(2 * 3 + 5 * 0.5, dot);
    }

    [Fact]
    public void Top_EqualWeights_ComeInOrdinalOrder() =>
        Assert.Equal(["c", "a", "b"], Vector(("b", 1), ("a", 1), ("c", 2), ("d", 0.5f)).Top(3).Select(term => term.Term));

    [Fact]
    public void Prune_BothLimits_KeepsTheHeaviest()
    {
        SparseVector vector = Vector(("a", 1), ("b", 2), ("c", 3), ("d", 0.1f));

        Assert.Equal(Vector(("b", 2), ("c", 3)), vector.Prune(new Pruning { MaxTerms = 2 }));
        Assert.Equal(Vector(("a", 1), ("b", 2), ("c", 3)), vector.Prune(new Pruning { MinWeight = 1 }));
        Assert.Equal(Vector(("b", 2), ("c", 3)), vector.Prune(new Pruning { MinRatio = 0.5f }));
        Assert.Equal(Vector(("c", 3)), vector.Prune(new Pruning { MinRatio = 1 }));
        Assert.Same(SparseVector.Empty, SparseVector.Empty.Prune(new Pruning { MinRatio = 1 }));
        Assert.Same(vector, vector.Prune(Pruning.None));
    }

    [Fact]
    public void Pruning_LimitsOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pruning { MaxTerms = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pruning { MinWeight = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pruning { MinWeight = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pruning { MinRatio = 1.01f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pruning { MinRatio = float.NaN });
    }

    [Fact]
    public void Max_BothHaveATerm_KeepsTheHeavierWithItsSpan()
    {
        var left = SparseVector.Create([new("a", 1, new SourceSpan(0, 1)), new("b", 2, new SourceSpan(1, 2))]);
        var right = SparseVector.Create([new("b", 3, new SourceSpan(7, 9)), new("c", 1)]);

        SparseVector merged = left.Max(right);

        Assert.Equal(Vector(("a", 1), ("b", 3), ("c", 1)), merged);
        Assert.Equal(new SourceSpan(7, 9), merged[1].Span);
        Assert.Same(left, left.Max(SparseVector.Empty));
    }

    [Fact]
    public void Max_RandomVectors_EqualsTermByTermMaximum()
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            SparseVector left = Random(random), right = Random(random);
            var expected = left.Concat(right).GroupBy(term => term.Term)
                .Select(group => new SparseTerm(group.Key, group.Max(term => term.Weight)));

            Assert.Equal(SparseVector.Create(expected), left.Max(right));
        }
    }

    private static SparseVector Random(Random random) => SparseVector.Create(Enumerable.Range(0, random.Next(20))
        .Select(_ => random.Next(40)).Distinct().Select(term => new SparseTerm($"t{term}", random.NextSingle())));
}
