using CsCheck;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Impacts;
using SpladeLucene.Postings;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>What is written, mapped and read is what is built on the heap, number by number.</summary>
public sealed class MappedEqualsBuiltTests
{
    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void Map_AnyIndex_GivesWhatIsBuilt(WeightEncoding encoding) =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 400], Gen.Int[1, 300], Gen.Bool).Sample((seed, documents, vocabulary, blocks) =>
        {
            using var folder = new TemporaryFolder();
            using var index = new GeneratedIndex(
                seed, documents, vocabulary, encoding, FSDirectory.Open(folder.PathOf("index")));
            var options = new ImpactCacheOptions { BlockMaxima = blocks, LeastDocumentsForBlocks = 0, LeastBytesForFile = 0 };
            var mapped = new ImpactCache(options with { Folder = folder.Root });
            var built = new ImpactCache(options);
            foreach (AtomicReaderContext leaf in index.Reader.Leaves)
            {
                using ImpactLease one = mapped.Lease(leaf.AtomicReader, GeneratedIndex.Field, out _);
                using ImpactLease other = built.Lease(leaf.AtomicReader, GeneratedIndex.Field, out _);
                RequireEqual(other.Impacts, one.Impacts);
            }

            Assert.Equal(0, mapped.Statistics.Bytes);
        }, iter: 60);

    [Fact]
    public void Map_SegmentOfSeveralWindowsWithRowsAndSkips_GivesWhatIsBuilt()
    {
        const int Documents = SegmentImpacts.WindowSize + 9000;
        using var folder = new TemporaryFolder();
        using var index = new VectorIndex([Enumerable.Range(0, Documents).Select(i => i % 5 == 4
            ? VectorIndex.Impacts(("all", 1 + (i % 255)), ("fifth", 1 + (i % 99)))
            : VectorIndex.Impacts(("all", 1 + (i % 255)), ($"t{i % 1000}", 1 + (i % 200))))], directory: FSDirectory.Open(folder.PathOf("index")));
        var mapped = new ImpactCache(new ImpactCacheOptions { Folder = folder.Root, LeastBytesForFile = 0 });
        AtomicReader segment = Assert.Single(index.Reader.Leaves).AtomicReader;
        using ImpactLease one = mapped.Lease(segment, VectorIndex.Field, out _);
        using ImpactLease other = new ImpactCache().Lease(segment, VectorIndex.Field, out _);

        Assert.NotNull(one.Impacts?.Blocks);
        RequireEqual(other.Impacts, one.Impacts);
    }

    [Fact]
    public void Map_MoreTermsThanAreWrittenAtATime_GivesWhatIsBuilt()
    {
        using var folder = new TemporaryFolder();
        using var index = new VectorIndex([Enumerable.Range(0, 1000)
            .Select(i => VectorIndex.Impacts([.. Enumerable.Range(0, 70).Select(j => ($"t{i}.{j}", 1 + (j % 255)))]))],
            directory: FSDirectory.Open(folder.PathOf("index")));
        var mapped = new ImpactCache(new ImpactCacheOptions { Folder = folder.Root, LeastBytesForFile = 0 });
        AtomicReader segment = Assert.Single(index.Reader.Leaves).AtomicReader;
        using ImpactLease one = mapped.Lease(segment, VectorIndex.Field, out _);
        using ImpactLease other = new ImpactCache().Lease(segment, VectorIndex.Field, out _);

        Assert.True(other.Impacts!.Starts.Length > 1 << 16);
        RequireEqual(other.Impacts, one.Impacts);
    }

    private static void RequireEqual(SegmentImpacts? built, SegmentImpacts? mapped)
    {
        Assert.Equal(built is null, mapped is null);
        if (built is null || mapped is null) return;
        Assert.True(mapped.IsOutsideHeap);
        Assert.False(built.IsOutsideHeap);
        Assert.Equal((built.Documents, built.Windows, built.Postings), (mapped.Documents, mapped.Windows, mapped.Postings));
        Assert.Equal(built.Terms.Text.Span, mapped.Terms.Text.Span);
        Assert.Equal(built.Terms.TextStarts.Span, mapped.Terms.TextStarts.Span);
        Assert.Equal(built.Terms.ShortSlots.Span, mapped.Terms.ShortSlots.Span);
        Assert.Equal(built.Starts.Span, mapped.Starts.Span);
        Assert.Equal(built.Ids.Span, mapped.Ids.Span);
        Assert.Equal(built.Impacts.Span, mapped.Impacts.Span);
        RequireEqual(built, mapped, built.Blocks, mapped.Blocks);
        for (int term = 0; term < built.Terms.Count; term++)
        {
            ReadOnlySpan<byte> text = built.Terms.Text.Span[built.Terms.TextStarts[term]..built.Terms.TextStarts[term + 1]];
            Assert.Equal(term, mapped.Terms.Find(text, QueryTerm.HashOf(text)));
        }
    }

    private static void RequireEqual(SegmentImpacts built, SegmentImpacts mapped, BlockIndex? one, BlockIndex? other)
    {
        Assert.Equal(one is null, other is null);
        if (one is null || other is null) return;
        for (int window = 0; window < built.Windows; window++) Assert.Equal(one.Rows(window).Span, other.Rows(window).Span);
        for (int slice = 0; slice < built.Terms.Count * built.Windows; slice++)
        {
            Assert.Equal(one.RowOf(slice), other.RowOf(slice));
            (int start, int end) = mapped.Bounds(slice);
            for (int id = 0; id < SegmentImpacts.WindowSize; id += 4096) Assert.Equal(one.Seek(start, end, id), other.Seek(start, end, id));
        }
    }
}
