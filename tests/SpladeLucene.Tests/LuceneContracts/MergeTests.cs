using Lucene.Net.Index;
using SpladeLucene.Tests.LuceneContracts.Support;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>ParallelSegmentWriter and ImpactWarmer: order is kept by LogDocMergePolicy, and merged segments are warmed.</summary>
public sealed class MergeTests
{
    [Fact]
    public void ForceMerge_LogDocMergePolicy_KeepsTheOrderAndDropsDeletions()
    {
        using var index = new LiveIndex(config => config.MergePolicy = new LogDocMergePolicy());
        index.AddSegment("1", "2").AddSegment("3", "4").AddSegment("5").Delete("3");
        index.Writer.ForceMerge(1);
        using DirectoryReader reader = index.Open();

        Assert.Equal("1 2 4 5", LiveIndex.Ids(reader));
        Assert.False(reader.HasDeletions);
        Assert.Null(reader.Leaves[0].AtomicReader.LiveDocs);
    }

    [Fact]
    public void MergedSegmentWarmer_NearRealTime_WarmsTheCoreThatReadersGet()
    {
        var warmer = new Warmer();
        using var index = new LiveIndex(config =>
        {
            config.MergePolicy = new LogDocMergePolicy();
            config.MergedSegmentWarmer = warmer;
        });
        index.AddSegment("1", "2").AddSegment("3").Delete("2");
        using DirectoryReader before = index.Open();
        Assert.Empty(warmer.Warmed);

        index.Writer.ForceMerge(1);
        using DirectoryReader after = index.Open();
        (int maxDoc, object core) = Assert.Single(warmer.Warmed);
        Assert.Equal(2, maxDoc);
        Assert.Same(after.Leaves.Single().Reader.CoreCacheKey, core);
    }

    [Fact]
    public void MergedSegmentWarmer_NoReaderOnTheWriter_IsNotCalled()
    {
        var warmer = new Warmer();
        using var index = new LiveIndex(config =>
        {
            config.MergePolicy = new LogDocMergePolicy();
            config.MergedSegmentWarmer = warmer;
        });
        index.AddSegment("1").AddSegment("2").Writer.ForceMerge(1);

        Assert.Empty(warmer.Warmed);
    }

    private sealed class Warmer : IndexWriter.IndexReaderWarmer
    {
        public List<(int MaxDoc, object Core)> Warmed { get; } = [];

        public override void Warm(AtomicReader reader) => Warmed.Add((reader.MaxDoc, reader.CoreCacheKey));
    }
}
