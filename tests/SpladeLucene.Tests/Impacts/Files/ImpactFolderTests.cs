using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using SpladeLucene.Impacts;
using SpladeLucene.Impacts.Files;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

// Alone, because one looks at the memory of the process.
[Collection(nameof(Alone))]
public sealed class ImpactFolderTests
{
    private static readonly SpladeQuery Other = new(VectorIndex.Field, VectorIndex.Impacts(("t7", 9), ("b", 2)));

    [Fact]
    public void Warm_SecondTime_FindsWhatTheFirstWrote()
    {
        using var index = new MappedIndex(100, 60);
        ImpactCacheStatistics first = index.Warmed().Statistics;
        Assert.Equal((2, 0L, 2L), (first.Entries, first.Bytes, first.Built));
        Assert.Equal(index.Files.Sum(file => new FileInfo(file).Length), first.MappedBytes);
        ImpactCache second = index.Warmed();
        Assert.Equal((2, 0L, 0L), (second.Statistics.Entries, second.Statistics.Bytes, second.Statistics.Built));
        index.RequireHits(second);
    }

    [Fact]
    public void Warm_WithoutABudget_MapsAllTheSame()
    {
        using var index = new MappedIndex(100);
        ImpactCache cache = index.Warmed(index.Options with { BudgetInBytes = 0 });
        Assert.True(cache.Statistics.MappedBytes > 0);
        index.RequireHits(cache);
    }

    [Fact]
    public void Warm_ReopenedAfterDeletions_KeepsTheFile()
    {
        using var index = new MappedIndex(100);
        index.Warmed();
        using (var writer = new IndexWriter(FSDirectory.Open(index.Folder), TestIndex.Config()))
            writer.DeleteDocuments(new Term("number", "7"));
        index.Reader.Dispose();
        index.Reader = DirectoryReader.Open(FSDirectory.Open(index.Folder));
        Assert.Equal(99, index.Reader.NumDocs);
        ImpactCache again = index.Warmed();
        Assert.Equal(0, again.Statistics.Built);
        index.RequireHits(again);
    }

    [Fact]
    public void Warm_ManyCachesAtOnce_LeaveOneFileThatAllHave()
    {
        using var index = new MappedIndex(400);
        ImpactCache[] caches = [.. Enumerable.Range(0, 6).Select(_ => new ImpactCache(index.Options))];
        Parallel.ForEach(caches, cache => cache.Warm(index.Reader, VectorIndex.Field));
        Assert.Single(index.Files);
        Assert.All(caches, cache => Assert.True(cache.Statistics.MappedBytes > 0));
        Assert.All(caches, index.RequireHits);
    }

    [Fact]
    public void Warm_SegmentsAreMerged_DeletesTheirFiles()
    {
        using var index = new MappedIndex(100, 100, 100);
        ImpactCache old = index.Warmed();
        string[] before = index.Files;
        index.Merge();
        using DirectoryReader older = index.Reader;
        index.Reader = DirectoryReader.Open(FSDirectory.Open(index.Folder));
        index.RequireHits(index.Warmed());
        Assert.DoesNotContain(Assert.Single(index.Files), before);
        // Who had them goes on.
        Assert.NotEmpty(new SpladeSearcher(older, new SpladeSearcherOptions { Impacts = old }).SearchTop(
            new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("a", 3))), 5).ScoreDocs);
    }

    [Fact]
    public void Warm_AnotherIndexTookThePlaceOfAnOpenOne_GivesEachItsOwn()
    {
        using var index = new MappedIndex(100);
        using DirectoryReader older = index.Reader;
        System.IO.Directory.Delete(index.Folder, recursive: true);
        index.Add(120);
        index.Reader = DirectoryReader.Open(FSDirectory.Open(index.Folder));
        index.Warmed();
        DirectoryReader newer = index.Reader;
        index.Reader = older;
        var cache = new ImpactCache(index.Options);
        cache.Warm(older, VectorIndex.Field);
        Assert.Equal(1, cache.Statistics.Built);
        index.RequireHits(cache);
        newer.Dispose();
    }

    [Fact]
    public void Sweep_UnfinishedAndUnseen_GoWhenTheyAreOld()
    {
        using var index = new MappedIndex(100);
        index.Warmed();
        string kept = Assert.Single(index.Files), left = FolderNames.UnfinishedOf(kept), foreign = Path.Combine(index.Impacts, "notes.txt");
        File.WriteAllText(left, "half");
        File.WriteAllText(foreign, "mine");
        FolderSweep.Sweep(index.Impacts);
        Assert.True(File.Exists(left));
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-1));
        FolderSweep.Sweep(index.Impacts);
        Assert.False(File.Exists(left));
        System.IO.Directory.Move(index.Folder, index.Folder + "-elsewhere");
        FolderSweep.Sweep(index.Impacts);
        Assert.True(File.Exists(kept));
        File.SetLastWriteTimeUtc(kept, DateTime.UtcNow - FolderSweep.LongestUnused - TimeSpan.FromHours(1));
        FolderSweep.Sweep(index.Impacts);
        Assert.Equal([foreign], index.Files);
    }

    [Fact]
    public void Warm_InTheFolderOfTheIndex_IsNothingToLucene()
    {
        using var index = new MappedIndex(100, 100);
        ImpactCacheOptions beside = index.Options with { Folder = index.Folder };
        index.Warmed(beside);
        string[] files = System.IO.Directory.GetFiles(index.Folder, FolderNames.All);
        Assert.Equal(2, files.Length);
        index.Add(50);
        Assert.All(files, file => Assert.True(File.Exists(file)));
        using FSDirectory directory = FSDirectory.Open(index.Folder);
        Assert.True(new CheckIndex(directory).DoCheckIndex().Clean);
        Assert.Equal(0, index.Warmed(beside).Statistics.Built);
    }

    [Fact]
    public void Warm_WhereNoFolderCanBe_KeepsTheHeap()
    {
        using var index = new MappedIndex(100);
        File.WriteAllText(index.Impacts, "a file");
        ImpactCache cache = index.Warmed();
        Assert.Equal((1L, 0L), (cache.Statistics.Built, cache.Statistics.MappedBytes));
        Assert.True(cache.Statistics.Bytes > 0);
        index.RequireHits(cache);
    }

    [SmallDiskTheory]
    [InlineData(4096)]
    [InlineData(16_384)]
    [InlineData(200_000)]
    public void Warm_DiskIsFull_KeepsTheHeapAndLeavesNothing(int bytes)
    {
        using var index = new MappedIndex(30_000);
        using var disk = new SmallDisk(bytes);
        ImpactCache cache = index.Warmed(index.Options with { Folder = disk.Root });
        Assert.Equal((1L, 0L), (cache.Statistics.Built, cache.Statistics.MappedBytes));
        Assert.Empty(System.IO.Directory.GetFiles(disk.Root));
        index.RequireHits(cache);
    }

    [SmallDiskTheory]
    [InlineData(1 << 20)]
    public void Warm_FolderCanOnlyBeRead_MapsWhatIsThereAndKeepsTheRestOnTheHeap(int bytes)
    {
        using var index = new MappedIndex(100);
        using var disk = new SmallDisk(bytes);
        ImpactCacheOptions there = index.Options with { Folder = disk.Root };
        index.Warmed(there);
        index.Add(60);
        index.Reader.Dispose();
        index.Reader = DirectoryReader.Open(FSDirectory.Open(index.Folder));
        disk.MakeReadOnly();
        ImpactCacheStatistics held = index.Warmed(there).Statistics;
        Assert.Equal((2, 1L), (held.Entries, held.Built));
        Assert.True(held is { Bytes: > 0, MappedBytes: > 0 });
        index.Reader.Dispose();
    }

    [Fact]
    public void Warm_SmallSegment_StaysOnTheHeap()
    {
        using var index = new MappedIndex(100);
        Assert.Equal(0, index.Warmed(new ImpactCacheOptions { Folder = index.Impacts }).Statistics.MappedBytes);
        Assert.Empty(index.Files);
    }

    [Fact]
    public void Release_LastHoldOfAClosedSegment_UnmapsOnlyThen()
    {
        using var index = new MappedIndex(100);
        ImpactCache cache = index.Warmed();
        ImpactLease lease = cache.Lease(index.Reader.Leaves[0].AtomicReader, VectorIndex.Field, out _);
        SegmentImpacts impacts = lease.Impacts!;
        byte[] before = impacts.Impacts.Span.ToArray();
        index.Reader.Dispose();
        Assert.Equal((0L, 0), (cache.Statistics.MappedBytes, cache.Statistics.Entries));
        Assert.Equal(before, impacts.Impacts.Span.ToArray());
        lease.Dispose();
        Assert.False(impacts.TryHold());
        // As statistics ask, who hold nothing.
        Assert.Equal(300, impacts.Postings);
    }

    [Fact]
    public async Task Search_ReadersCloseMeanwhile_NeverReadsWhatIsUnmapped()
    {
        using var index = new MappedIndex(3000);
        index.Warmed();
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("a", 30), ("b", 5), ("t3", 200)));
        for (int round = 0; round < 40; round++)
        {
            // Lucene's own mapped files would be gone under those who fall back to its postings.
            using DirectoryReader reader = DirectoryReader.Open(new SimpleFSDirectory(index.Folder));
            var cache = new ImpactCache(index.Options);
            cache.Warm(reader, VectorIndex.Field);
            var searcher = new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = cache });
            Task[] searches = [.. Enumerable.Range(0, 3).Select(i => Task.Run(() => SearchUntilClosed(searcher, query, i)))];
            await Task.Yield();
            reader.Dispose();
            await Task.WhenAll(searches);
        }
    }

    [Fact]
    public void Search_WhileAWriterAddsDeletesMergesAndReopens_EqualsScoringEverything()
    {
        using var folder = new TemporaryFolder();
        (long searches, ImpactCacheStatistics cache) = new SearchStress(folder.Root).Run(rounds: 25, TimeSpan.Zero, threads: 4);
        Assert.True(searches > 0);
        Assert.True(cache.Built > 0);
        Assert.Equal((0, 0L, 0L), (cache.Entries, cache.Bytes, cache.MappedBytes));
    }

    private static void SearchUntilClosed(SpladeSearcher searcher, SpladeQuery query, int kind)
    {
        try
        {
            for (int i = 0; i < 200; i++)
            {
                if (kind == 0) searcher.SearchTop(query, 10);
                else if (kind == 1) searcher.Search(query, new TotalHitCountCollector());
                else searcher.Search(new BooleanQuery { { query, Occur.MUST }, { Other, Occur.MUST } }, 5);
            }
        }
        catch (Exception problem) when (problem.GetBaseException() is ObjectDisposedException)
        {
            // As Lucene says it.
        }
    }
}
