using Lucene.Net.Index;
using SpladeLucene.Impacts;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests.Impacts;

/// <summary>What rows say of the postings that they are made from.</summary>
public sealed class BlockIndexTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(17, 1)]
    [InlineData(18, 2)]
    [InlineData(238, 14)]
    [InlineData(239, 15)]
    [InlineData(255, 15)]
    public void LevelOf_AnImpact_IsTheLeastThatBoundsIt(int impact, int level) => Assert.Equal(level, BlockIndex.LevelOf(impact));

    [Fact]
    public void Rows_OfAnyIndex_HaveTheLevelOfEveryBlocksLargestImpact()
    {
        int rows = 0;
        var cache = new ImpactCache(new ImpactCacheOptions { LeastDocumentsForBlocks = 0 });
        foreach (var (index, _, seed) in GeneratedIndex.Each(Enumerable.Range(8100, 6), 20..3000, 20..200, WeightEncoding.Payload))
        {
            foreach (AtomicReaderContext leaf in index.Reader.Leaves)
            {
                using ImpactLease lease = cache.Lease(leaf.AtomicReader, GeneratedIndex.Field, out _);
                if (lease.Impacts is not { Blocks: not null } impacts) continue;
                for (int slice = 0; slice < impacts.Terms.Count; slice++) rows += RequireRow(impacts, slice, seed);
            }
        }

        Assert.True(rows > 100, $"{rows} rows");
    }

    // Segments of one window have a slice a term.
    private static int RequireRow(SegmentImpacts impacts, int slice, int seed)
    {
        int row = impacts.Blocks!.RowOf(slice);
        if (row < 0) return 0;
        int[] largest = new int[BlockIndex.BlocksOf(impacts.Documents)];
        (int start, int end) = impacts.Bounds(slice);
        for (int i = start; i < end; i++)
        {
            int block = impacts.Ids[i] >> BlockIndex.BlockShift;
            largest[block] = Math.Max(largest[block], impacts.Impacts[i]);
        }

        for (int block = 0; block < largest.Length; block++)
        {
            int level = BlockIndex.LevelIn(impacts.Blocks.Rows(0)[row + BlockIndex.ByteOf(block)], block);
            Assert.True(level == BlockIndex.LevelOf(largest[block]), $"seed {seed}, slice {slice}, block {block}: {level}");
        }

        return 1;
    }
}
