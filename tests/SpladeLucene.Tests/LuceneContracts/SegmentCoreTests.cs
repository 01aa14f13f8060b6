using Lucene.Net.Index;
using SpladeLucene.Tests.LuceneContracts.Support;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>ImpactCache: impacts live and go with the segment's core.</summary>
public sealed class SegmentCoreTests : IDisposable
{
    private readonly LiveIndex _index = new();

    [Fact]
    public void CoreCacheKey_ReopenedAfterADeletion_IsTheSameWithAnotherReader()
    {
        _index.AddSegment("1", "2").AddSegment("3");
        using DirectoryReader before = _index.Open();
        using DirectoryReader after = DirectoryReader.OpenIfChanged(Deleted(before, "1"));
        SegmentReader[] old = Segments(before), now = Segments(after);

        Assert.Same(old[0].CoreCacheKey, now[0].CoreCacheKey);
        Assert.NotSame(old[0], now[0]);
        Assert.Same(old[1], now[1]);
        Assert.NotSame(old[0].CoreCacheKey, old[1].CoreCacheKey);
        Assert.Equal(old[0].SegmentName, now[0].SegmentName);
        Assert.Equal((false, true), (old[0].HasDeletions, now[0].HasDeletions));
        Assert.Equal((0, 1), (old[0].NumDeletedDocs, now[0].NumDeletedDocs));
        Assert.Null(old[0].LiveDocs);
    }

    [Fact]
    public void CoreCacheKey_ReaderOverASegment_IsItsOwn()
    {
        _index.AddSegment("1");
        using DirectoryReader reader = _index.Open();
        SegmentReader segment = Segments(reader)[0];
        var filter = new FilterAtomicReader(segment);

        Assert.Same(filter, filter.CoreCacheKey);
        Assert.NotSame(reader.CoreCacheKey, segment.CoreCacheKey);
    }

    [Fact]
    public void AddCoreDisposedListener_LastReaderGoes_IsToldTheKey()
    {
        _index.AddSegment("1", "2").Writer.Dispose();
        DirectoryReader reader = DirectoryReader.Open(_index.Directory);
        SegmentReader segment = Segments(reader)[0];
        var kept = new Listener();
        var removed = new Listener();
        segment.AddCoreDisposedListener(kept);
        segment.AddCoreDisposedListener(removed);
        segment.RemoveCoreDisposedListener(removed);
        object key = segment.CoreCacheKey;

        segment.IncRef();
        reader.Dispose();
        Assert.Empty(kept.Disposed);
        segment.DecRef();
        Assert.Same(key, Assert.Single(kept.Disposed));
        Assert.Empty(removed.Disposed);
    }

    [Fact]
    public void AddCoreDisposedListener_NearRealTime_OutlivesItsReadersUntilTheWriterCloses()
    {
        _index.AddSegment("1", "2");
        DirectoryReader before = _index.Open();
        var listener = new Listener();
        Segments(before)[0].AddCoreDisposedListener(listener);
        DirectoryReader after = DirectoryReader.OpenIfChanged(Deleted(before, "1"));
        before.Dispose();
        after.Dispose();
        Assert.Empty(listener.Disposed);

        _index.Writer.Dispose();
        Assert.Single(listener.Disposed);
    }

    [Fact]
    public void AddCoreDisposedListener_SegmentMergedAway_IsToldWhenTheLastReaderGoes()
    {
        using var index = new LiveIndex(config => config.MergePolicy = new LogDocMergePolicy());
        index.AddSegment("1").AddSegment("2");
        DirectoryReader reader = index.Open();
        var listener = new Listener();
        Array.ForEach(Segments(reader), segment => segment.AddCoreDisposedListener(listener));
        index.Writer.ForceMerge(1);
        Assert.Empty(listener.Disposed);

        reader.Dispose();
        Assert.Equal(2, listener.Disposed.Count);
    }

    public void Dispose() => _index.Dispose();

    private DirectoryReader Deleted(DirectoryReader reader, string id)
    {
        _index.Delete(id);
        return reader;
    }

    private static SegmentReader[] Segments(DirectoryReader reader) =>
        [.. reader.Leaves.Select(leaf => Assert.IsType<SegmentReader>(leaf.Reader))];

    private sealed class Listener : SegmentReader.ICoreDisposedListener
    {
        public List<object> Disposed { get; } = [];

        public void OnDispose(object ownerCoreCacheKey) => Disposed.Add(ownerCoreCacheKey);
    }
}
