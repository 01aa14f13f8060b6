using System.Globalization;
using Lucene.Net.Search;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>What is refused is named, with the way out, and with numbers as they are written in code.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly CultureInfo Comma = WithComma();

    private readonly VectorIndex _index = new([[VectorIndex.Impacts(("a", 1))]]);
    private readonly SpladeQuery _query = new(VectorIndex.Field, VectorIndex.Impacts(("a", 1)));

    public void Dispose() => _index.Dispose();

    [Fact]
    public void SearchTop_WhatDoesntRank_IsNamed()
    {
        var searcher = new SpladeSearcher(_index.Reader);

        Refused("0 hits are wanted, and at least one is to be", () => searcher.SearchTop(_query, 0));
        Refused("document 7 with the score 1.5, is none of this index of 1 documents", () => searcher.SearchTop(_query, 1, after: new ScoreDoc(7, 1.5f)));
        Refused("document 0 with the score NaN", () => searcher.SearchTop(_query, 1, after: new ScoreDoc(0, float.NaN)));
        _query.Boost = -1.5f;
        Refused("A boost of -1.5 doesn't rank: give the query a positive and finite one", () => searcher.SearchTop(_query, 1));
    }

    [Fact]
    public void Fusion_WhatDoesntCount_IsNamed()
    {
        RankedHit<string>[] ranking = [new("x", -1.5)];
        HybridQuery With(double score, double weight) => new(null, _query) { Others = [new HybridRanking("dense", [new(0, score)], weight) { Normalization = ScoreNormalization.Max }] };

        Refused("A ranking's weight is -1.5", () => RankFusion.WeightedSum<string>([(ranking, -1.5)]));
        Refused("A ranking gives 'x' the score -1.5, which Max can't normalize: take MinMax", () => RankFusion.WeightedSum<string>([(ranking, 1)]));
        Refused("The weight of 'dense' is -1.5", () => new HybridSearcher(_index.Reader).Search(With(1, -1.5), 1));
        Refused("the score -1.5, which Max can't normalize", () => new HybridSearcher(_index.Reader).Search(With(-1.5, 1), 1));
    }

    [Fact]
    public void Terms_ThatAreReserved_AreNamedWithTheWayOut()
    {
        SparseVector reserved = SparseVector.FromWeights([new("[splade] x", 1)]);

        Refused("'[splade] x' begins with '[splade] ', which is reserved for fingerprints: rename it", () => new SpladeQuery("splade", reserved));
        Refused("rename it, or leave it out", () => new SpladeField("splade", reserved, new WordEncoder().Fingerprint));
    }

    [Fact]
    public void SourceFields_Null_IsRefusedWhereItIsSet() =>
        Assert.Throws<ArgumentNullException>(() => new SpladeQuery("splade", SparseVector.Empty) { SourceFields = null! });

    private static void Refused(string said, Func<object> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Comma;
        try
        {
            Assert.Contains(said, Assert.ThrowsAny<ArgumentException>(() => { action(); }).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo WithComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        return culture;
    }
}
