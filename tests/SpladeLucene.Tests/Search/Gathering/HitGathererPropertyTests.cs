using CsCheck;
using SpladeLucene.Search.Gathering;
using SpladeLucene.Search.Simd;

namespace SpladeLucene.Tests;

public sealed class HitGathererPropertyTests
{
    private const int WindowDocuments = 150;

    [Fact]
    public void Finish_WindowsUnderARisingFloor_HoldsAllThatReachTheLastOne() =>
        Gen.Select(Gen.Int[0, 40].Array[0, 600], Gen.Int[1, 10].Array[5], Gen.Int[1, 700]).Sample((sums, rises, most) =>
        {
            var gatherer = new HitGatherer();
            gatherer.Start(most);
            int least = 1;
            for (int window = 0; window * WindowDocuments < sums.Length; window++)
            {
                least += rises[window];
                if (gatherer.IsOn) Take(gatherer, sums, window, least);
            }

            GatheredHits? hits = gatherer.Finish(least);

            (int, int)[] expected = [.. sums.Select((sum, doc) => (doc, sum)).Where(hit => hit.sum >= least)];
            if (most >= sums.Length) Assert.NotNull(hits);
            if (hits is null) return;
            Assert.Equal(expected, Enumerable.Range(0, hits.Count).Select(place => (hits.Doc(place), hits.Sum(place))));
        });

    [Fact]
    public void Finish_TooMany_IsNull()
    {
        var gatherer = new HitGatherer();
        gatherer.Start(2);

        Take(gatherer, [1, 1, 1], 0, 1);

        Assert.False(gatherer.IsOn);
        Assert.Null(gatherer.Finish(1));
    }

    [Fact]
    public void Take_TooManyToBeExpected_GivesUpAtOnce()
    {
        int[] sums = [.. Enumerable.Repeat(1, WindowDocuments)];
        HitGatherer one = new(), other = new();
        one.Start(2 * WindowDocuments);
        other.Start(2 * WindowDocuments);

        Take(one, sums, 0, 1, left: 6 * WindowDocuments);
        Take(other, sums, 0, 1, left: (6 * WindowDocuments) + 1);

        Assert.True(one.IsOn);
        Assert.False(other.IsOn);
    }

    [Fact]
    public void Take_TooManyUntilTheFloorRises_DropsWhatIsUnderIt()
    {
        int[] sums = [.. Enumerable.Repeat(1, WindowDocuments), 5];
        var gatherer = new HitGatherer();
        gatherer.Start(WindowDocuments);

        Take(gatherer, sums, 0, 1);
        Take(gatherer, sums, 1, 5);

        Assert.Equal([WindowDocuments], Docs(gatherer.Finish(5)!));
    }

    [Fact]
    public void Merge_OfThreadsInAnyOrder_OrdersByDocument()
    {
        int[] sums = [.. Enumerable.Range(0, 2 * WindowDocuments).Select(doc => doc % 7)];
        HitGatherer one = new(), other = new();
        one.Start(1000);
        other.Start(1000);
        Take(one, sums, 1, 5);
        Take(other, sums, 0, 5);

        one.Merge(other);

        Assert.Equal(Enumerable.Range(0, sums.Length).Where(doc => sums[doc] >= 5), Docs(one.Finish(5)!));
    }

    [Fact]
    public void Merge_WithOneThatHadTooMany_GathersNone()
    {
        HitGatherer one = new(), other = new();
        one.Start(1000);
        other.Start(2);
        Take(other, [1, 1, 1], 0, 1);

        one.Merge(other);

        Assert.Null(one.Finish(1));
    }

    [Fact]
    public void Seek_AnyHits_FindsTheFirstThatIsNotBefore() =>
        Gen.Select(Gen.Int[0, 20_000].HashSet[0, 9000], Gen.Int[0, 9000], Gen.Int[0, 20_100]).Sample((drawn, from, doc) =>
        {
            int[] docs = [.. drawn.Order()];
            var hits = new GatheredHits([.. docs.Select(each => GatheredHits.Hit(each, 1))]);
            int place = Math.Min(from, docs.Length);

            int expected = place;
            while (expected < docs.Length && docs[expected] < doc) expected++;
            Assert.Equal(expected, hits.Seek(place, doc));
        });

    private static IEnumerable<int> Docs(GatheredHits hits) => Enumerable.Range(0, hits.Count).Select(hits.Doc);

    private static void Take(HitGatherer gatherer, int[] sums, int window, int least, int left = 0)
    {
        int[] here = [.. sums.Skip(window * WindowDocuments).Take(WindowDocuments)];
        int[] padded = [.. here, .. new int[(2 * ISimd.Batch) - (here.Length % ISimd.Batch)]];
        gatherer.Take<Portable>(padded, here.Length, window * WindowDocuments, least, left);
    }
}
