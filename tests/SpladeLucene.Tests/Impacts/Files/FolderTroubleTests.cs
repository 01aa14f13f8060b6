using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using SpladeLucene.Impacts;
using SpladeLucene.Impacts.Files;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>What a folder of impacts does where the index, or the folder, is in a state that it can't use.</summary>
public sealed class FolderTroubleTests
{
    private static readonly SpladeQuery Query = new(VectorIndex.Field, VectorIndex.Impacts(("a", 30), ("b", 5)));

    [Fact]
    public void Search_DirectoryIsClosedAndTheReaderIsNot_FindsItOnTheHeap()
    {
        using var index = new MappedIndex(100);
        FSDirectory directory = FSDirectory.Open(index.Folder);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        directory.Dispose();
        var cache = new ImpactCache(index.Options);

        Assert.Equal(FallbackReason.None, Search(reader, cache).Segments[0].Fallback);
        Assert.Equal((1, 0L), (cache.Statistics.Entries, cache.Statistics.MappedBytes));
    }

    [Fact]
    public void Warm_ReaderIsClosed_SaysSo()
    {
        using var index = new MappedIndex(100);
        var segment = (SegmentReader)index.Reader.Leaves[0].AtomicReader;
        index.Reader.Dispose();

        Assert.Throws<ObjectDisposedException>(() => new ImpactCache(index.Options).Warm(segment, VectorIndex.Field));
    }

    // As where another user's index may not be read.
    [Fact]
    public void Sweep_SegmentThatCannotBeRead_KeepsItsFileForAWhile()
    {
        using var index = new MappedIndex(100);
        index.Warmed();
        string kept = Assert.Single(index.Files), info = Assert.Single(System.IO.Directory.GetFiles(index.Folder, "*.si"));
        index.Reader.Dispose();
        File.Delete(info);
        System.IO.Directory.CreateDirectory(info);

        FolderSweep.Sweep(index.Impacts);
        Assert.True(File.Exists(kept));

        File.SetLastWriteTimeUtc(kept, DateTime.UtcNow - FolderSweep.LongestUnused - TimeSpan.FromHours(1));
        FolderSweep.Sweep(index.Impacts);
        Assert.False(File.Exists(kept));
    }

    [Fact]
    public void Warm_IndexIsInMemoryAlone_WritesNoFile()
    {
        using var folder = new TemporaryFolder();
        using var index = new VectorIndex([[VectorIndex.Impacts(("a", 3))]], directory: new NRTCachingDirectory(new RAMDirectory(), 1, 1));
        var cache = new ImpactCache(new ImpactCacheOptions { Folder = folder.Root, LeastBytesForFile = 0 });
        cache.Warm(index.Reader, VectorIndex.Field);

        Assert.Equal((1, 0L), (cache.Statistics.Entries, cache.Statistics.MappedBytes));
        Assert.Empty(System.IO.Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Search_FolderFailedAndTheBudgetIsShort_AsksTheFolderAgainAfterAMinute()
    {
        using var index = new MappedIndex(100);
        File.WriteAllText(index.Impacts, "a file");
        var time = new SetTime();
        var cache = new ImpactCache(index.Options with { BudgetInBytes = 0, Time = time });
        FallbackReason Found() => Search(index.Reader, cache).Segments[0].Fallback;
        Assert.Equal(FallbackReason.OverBudget, Found());
        time.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(FallbackReason.OverBudget, Found());
        File.Delete(index.Impacts);
        time.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal(FallbackReason.OverBudget, Found());
        Assert.Equal(1, cache.Statistics.Refused);

        time.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(FallbackReason.None, Found());
        Assert.True(cache.Statistics.MappedBytes > 0);
    }

    [Fact]
    public void Warm_SegmentAfterSegment_SweepsOnceAMinute()
    {
        using var index = new MappedIndex(100);
        var time = new SetTime();
        ImpactCache cache = index.Warmed(index.Options with { Time = time });
        string left = FolderNames.UnfinishedOf(Assert.Single(index.Files));
        File.WriteAllText(left, "half");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-1));

        WarmOneMore();
        Assert.True(File.Exists(left));

        time.Pass(TimeSpan.FromMinutes(1));
        WarmOneMore();
        Assert.False(File.Exists(left));

        void WarmOneMore()
        {
            index.Add(10);
            index.Reader.Dispose();
            index.Reader = DirectoryReader.Open(FSDirectory.Open(index.Folder));
            cache.Warm(index.Reader, VectorIndex.Field);
        }
    }

    [Fact]
    public void Warm_SegmentTooSmallForAFile_OpensNoneOfItsFiles()
    {
        using var folder = new TemporaryFolder();
        using var directory = new CountingDirectory(FSDirectory.Open(folder.PathOf("index")));
        using var index = new VectorIndex([[VectorIndex.Impacts(("a", 3))]], directory: directory);
        directory.Opened = 0;
        new ImpactCache(new ImpactCacheOptions { Folder = folder.PathOf("impacts") }).Warm(index.Reader, VectorIndex.Field);

        Assert.Equal(0, directory.Opened);
    }

    [Fact]
    public void GetBulkScorer_NeverAsked_HoldsNothing()
    {
        using var index = new MappedIndex(100);
        ImpactCache cache = index.Warmed();
        AtomicReaderContext leaf = index.Reader.Leaves[0];
        ImpactLease lease = cache.Lease(leaf.AtomicReader, VectorIndex.Field, out _);
        SegmentImpacts impacts = lease.Impacts!;
        Weight weight = new SpladeSearcher(index.Reader, new SpladeSearcherOptions { Impacts = cache }).CreateNormalizedWeight(Query);
        BulkScorer scorer = weight.GetBulkScorer(leaf, scoreDocsInOrder: true, acceptDocs: null);
        index.Reader.Dispose();
        lease.Dispose();

        Assert.False(impacts.TryHold());
        Assert.Throws<ObjectDisposedException>(() => scorer.Score(new TotalHitCountCollector(), int.MaxValue));
    }

    private static SpladeTopDocs Search(IndexReader reader, ImpactCache cache) =>
        new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = cache }).SearchTop(Query, 10);

    private sealed class SetTime : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }

    private sealed class CountingDirectory(Lucene.Net.Store.Directory inner) : FilterDirectory(inner)
    {
        public int Opened { get; set; }

        public override IndexInput OpenInput(string name, IOContext context)
        {
            Opened++;
            return base.OpenInput(name, context);
        }
    }
}
