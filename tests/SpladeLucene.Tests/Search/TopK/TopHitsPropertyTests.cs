using CsCheck;
using SpladeLucene.Search.Simd;
using SpladeLucene.Search.TopK;

namespace SpladeLucene.Tests;

/// <summary>What keeps the best hits, against sorting all of them.</summary>
public sealed class TopHitsPropertyTests
{
    private static readonly Gen<ulong[]> Keys = Gen.OneOf(Gen.ULong.Array[1, 200], Gen.ULong[0, 5].Array[1, 200]);

    [Fact]
    public void Largest_AnyKeys_AreTheFrontOfTheSortedOnesTheLeastLast() => Gen.Select(Keys, Gen.Int[0, 199]).Sample((keys, drawn) =>
    {
        int count = 1 + (drawn % keys.Length);
        ulong[] expected = [.. keys.OrderDescending().Take(count)];
        Selection.Largest(keys, count);
        Assert.Equal(expected, keys.Take(count).OrderDescending());
        Assert.Equal(expected[^1], keys[count - 1]);
    });

    [Fact]
    public void HitKey_AnyTwoHits_AreOrderedByScoreThenByDocument() =>
        Gen.Select(Gen.Single[0, 3], Gen.Int[0, 9], Gen.Single[0, 3], Gen.Int[0, 9]).Sample((score, doc, other, otherDoc) =>
        {
            ulong key = HitKey.Of(score, doc), otherKey = HitKey.Of(other, otherDoc);
            Assert.Equal((score, doc), (HitKey.Score(key), HitKey.Doc(key)));
            Assert.Equal(score != other ? score.CompareTo(other) : otherDoc.CompareTo(doc), Math.Sign(key.CompareTo(otherKey)));
        });

    [Fact]
    public void LeastSum_AnyScore_IsTheFirstThatReachesIt() =>
        Gen.Select(Gen.Single[1e-6f, 2], Gen.Int[1, 1 << 22]).Sample((unit, sum) =>
        {
            var scale = new ScoreScale(unit);
            int least = scale.LeastSum(scale.Score(sum));
            Assert.True(least <= sum && scale.Score(least) >= scale.Score(sum));
            Assert.True(least == 1 || scale.Score(least - 1) < scale.Score(sum));
        });

    [Fact]
    public void TopHits_AnySumsByAscendingDocument_KeepsTheBestAndNeverSetsTheBarTooHigh() =>
        Gen.Select(Gen.Int[1, 50].Array[0, 500], Gen.Int[1, 90], Gen.Bool).Sample((sums, k, tighten) =>
        {
            var hits = new TopHits();
            hits.Start(Plan(k), null);
            for (int doc = 0; doc < sums.Length; doc++)
            {
                if (sums[doc] < hits.LeastSum(doc)) continue;
                hits.Add(sums[doc], doc);
                if (tighten) hits.Tighten();
            }

            IEnumerable<(int Doc, float Score)> expected = sums.Select((sum, doc) => (doc, (float)sum))
                .OrderByDescending(hit => hit.Item2).ThenBy(hit => hit.doc).Take(k);
            Assert.Equal(expected, hits.Finish().ToArray().Select(key => (HitKey.Doc(key), HitKey.Score(key))));
        });

    private static SearchPlan Plan(int wanted) => new()
    {
        Field = "", Terms = [], AllTerms = null, Rescored = 0, Scale = new ScoreScale(1), Wanted = wanted, Ceiling = ulong.MaxValue,
        LeastHit = 1, CountAll = true, Algorithm = SearchAlgorithm.Automatic, Vectors = VectorWidths.Best,
        // Hits are kept without looking at an index.
        Cache = null!,
    };
}
