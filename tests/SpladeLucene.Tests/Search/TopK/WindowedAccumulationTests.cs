using System.Runtime.InteropServices;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;
using SpladeLucene.Search.TopK;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class WindowedAccumulationTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    public void Fill_WindowsOfManyParts_AddsEveryPostingOnce(int terms)
    {
        const int Documents = SegmentImpacts.WindowSize + 20_001;
        var random = new Random(terms);
        (int Term, int Impact)[][] drawn = [.. Enumerable.Range(0, Documents).Select(_ =>
            Enumerable.Range(0, random.Next(3)).Select(_ => (random.Next(terms), random.Next(1, 256))).DistinctBy(pair => pair.Item1).ToArray())];
        using var index = new VectorIndex([drawn.Select(document => VectorIndex.Impacts([.. document.Select(pair => (NameOf(pair.Term), pair.Impact))]))]);
        using ImpactLease lease = new ImpactCache().Lease(Assert.Single(index.Reader.Leaves).AtomicReader, VectorIndex.Field, out _);
        SegmentImpacts impacts = lease.Impacts!;
        int[] weights = [.. Enumerable.Range(0, terms).Select(_ => random.Next(1, 200))];
        List<SegmentTerm> query = [];
        SegmentSearch.Resolve([.. weights.Select((weight, term) => new QueryTerm(new QuantizedTerm(NameOf(term), weight)))], impacts, query);
        Assert.Equal(terms, query.Count);

        for (int window = 0; window < impacts.Windows; window++)
        {
            int first = window * SegmentImpacts.WindowSize, length = Math.Min(SegmentImpacts.WindowSize, Documents - first);
            int[] sums = new int[length];
            WindowedAccumulation.Fill(impacts, CollectionsMarshal.AsSpan(query), window, sums);
            Assert.Equal(drawn.Skip(first).Take(length).Select(document => document.Sum(pair => weights[pair.Term] * pair.Impact)), sums);
        }
    }

    private static string NameOf(int term) => $"t{term}";
}
