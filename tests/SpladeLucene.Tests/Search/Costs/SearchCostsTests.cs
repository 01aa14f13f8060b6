using Lucene.Net.Index;
using SpladeLucene.Impacts;
using SpladeLucene.Search.Costs;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests.Search.Costs;

/// <summary>What a search is expected to cost, beside what it has to read.</summary>
public sealed class SearchCostsTests
{
    [Fact]
    public void Of_TermsOfAnyIndex_BoundByTheirRowsWhereTheyHaveOne()
    {
        int dense = 0, sparse = 0;
        var cache = new ImpactCache(new ImpactCacheOptions { LeastDocumentsForBlocks = 0 });
        foreach (var (index, _, _) in GeneratedIndex.Each(Enumerable.Range(8200, 6), 20..3000, 20..200, WeightEncoding.Payload))
        {
            foreach (AtomicReaderContext leaf in index.Reader.Leaves)
            {
                using ImpactLease lease = cache.Lease(leaf.AtomicReader, GeneratedIndex.Field, out _);
                if (lease.Impacts is not { Blocks: not null } impacts) continue;
                // Segments of one window have a slice a term.
                ILookup<bool, int> terms = Enumerable.Range(0, impacts.Terms.Count).ToLookup(term => impacts.Blocks.RowOf(term) >= 0);
                double[] rows = [.. terms[true].Select(term => BoundsOf(impacts, term)).Distinct()];
                Assert.True(rows.Length <= 1, "rows are equally long");
                Assert.All(terms[false], term => Assert.DoesNotContain(BoundsOf(impacts, term), rows));
                dense += terms[true].Count();
                sparse += terms[false].Count();
            }
        }

        Assert.True(dense > 100 && sparse > 100, $"{dense} terms with a row and {sparse} without");
    }

    private static double BoundsOf(SegmentImpacts impacts, int term) => SearchCosts.Of(impacts, [new SegmentTerm(term, 1)]).Bounds;
}
