using Lucene.Net.Index;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Indexing;

/// <summary>What merging does to segments, deletions and the order of documents.</summary>
public sealed class MergeTests
{
    private static readonly string[] Ten = [.. Enumerable.Range(0, 10).Select(number => $"{number}")];

    [Theory]
    [InlineData(9, 9)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    public void Commit_LogDocMergePolicy_MergesTenNeighbours(int segments, int left)
    {
        using var index = new LiveIndex(config => config.MergePolicy = new LogDocMergePolicy());
        for (int number = 0; number < segments; number++) index.AddSegment($"{number:00}");
        index.Writer.Dispose();
        using DirectoryReader reader = DirectoryReader.Open(index.Directory);

        Assert.Equal(left, reader.Leaves.Count);
        Assert.Equal(
            Enumerable.Range(0, segments).Select(number => $"{number:00}"),
            LiveIndex.Ids(reader).Split([" ", "|"], StringSplitOptions.RemoveEmptyEntries));
    }

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
    public void ForceMerge_NoMergePolicy_ChangesNothing()
    {
        using var index = new LiveIndex();
        index.AddSegment("1", "2").AddSegment("3").Delete("1");
        index.Writer.ForceMerge(1);
        index.Writer.ForceMergeDeletes();
        using DirectoryReader reader = index.Open();

        Assert.Equal("2 | 3", LiveIndex.Ids(reader));
        Assert.True(reader.HasDeletions);
    }

    [Theory]
    [InlineData(10, 1, 1)]
    [InlineData(10, 2, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(30, 3, 3)]
    public void ForceMergeDeletes_TieredMergePolicy_RewritesWhatHasMoreThanAllowed(int percent, int deleted, int left)
    {
        using var index = new LiveIndex(config =>
            config.MergePolicy = new TieredMergePolicy { ForceMergeDeletesPctAllowed = percent });
        index.AddSegment(Ten).Delete(Ten[..deleted]);
        index.Writer.ForceMergeDeletes();
        using DirectoryReader reader = index.Open();

        Assert.Equal(string.Join(' ', Ten[deleted..]), LiveIndex.Ids(reader));
        Assert.Equal(left, reader.NumDeletedDocs);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public void ForceMergeDeletesPctAllowed_NoPercentage_IsRefused(double percent) =>
        Assert.ThrowsAny<ArgumentException>(() => new TieredMergePolicy { ForceMergeDeletesPctAllowed = percent });

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
