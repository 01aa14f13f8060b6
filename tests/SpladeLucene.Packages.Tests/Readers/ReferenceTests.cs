using Lucene.Net.Index;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Readers;

/// <summary>A reader lives as long as somebody holds a reference, and tells its listeners when it ends.</summary>
public sealed class ReferenceTests
{
    private readonly DirectoryReader _reader = TestIndex.Of([LiveIndex.Document("1", "a")]);

    [Fact]
    public void DecRef_TheLastOne_ClosesTheReader()
    {
        Assert.Equal(1, _reader.RefCount);
        _reader.IncRef();
        Assert.True(_reader.TryIncRef());
        Assert.Equal(3, _reader.RefCount);

        _reader.Dispose();
        _reader.Dispose();
        Assert.Equal(2, _reader.RefCount);
        Assert.Equal("1", _reader.Document(0).Get("id"));

        _reader.DecRef();
        _reader.DecRef();
        Assert.Equal(0, _reader.RefCount);
        Assert.ThrowsAny<ObjectDisposedException>(() => _reader.Document(0));
    }

    [Fact]
    public void IncRef_Closed_Throws()
    {
        _reader.Dispose();

        Assert.False(_reader.TryIncRef());
        Assert.ThrowsAny<ObjectDisposedException>(_reader.IncRef);
        Assert.ThrowsAny<ObjectDisposedException>(_reader.DecRef);
        Assert.ThrowsAny<ObjectDisposedException>(() => _reader.Leaves);
    }

    [Fact]
    public void AddReaderDisposedListener_LastReferenceGoes_IsTold()
    {
        var kept = new Listener();
        var removed = new Listener();
        _reader.AddReaderDisposedListener(kept);
        _reader.AddReaderDisposedListener(removed);
        _reader.RemoveReaderDisposedListener(removed);
        _reader.IncRef();

        _reader.Dispose();
        Assert.Empty(kept.Disposed);
        _reader.DecRef();
        Assert.Same(_reader, Assert.Single(kept.Disposed));
        Assert.Empty(removed.Disposed);
    }

    [Fact]
    public void Dispose_TopReader_ClosesItsLeavesAndWhatIsBuiltOnThem()
    {
        AtomicReader leaf = _reader.Leaves[0].AtomicReader;
        var listener = new Listener();
        leaf.AddReaderDisposedListener(listener);
        var filter = new FilterAtomicReader(leaf);
        _reader.Dispose();

        Assert.Same(leaf, Assert.Single(listener.Disposed));
        Assert.ThrowsAny<ObjectDisposedException>(() => leaf.Fields);
        Assert.ThrowsAny<ObjectDisposedException>(() => filter.Fields);
        Assert.Equal(1, filter.RefCount);
    }

    [Fact]
    public void Context_OfLeavesAndTop_NumbersThemInOrder()
    {
        using var index = new LiveIndex();
        index.AddSegment("1", "2").AddSegment("3").AddSegment("4");
        using DirectoryReader reader = index.Open();

        Assert.Equal([(0, 0), (1, 2), (2, 3)], reader.Leaves.Select(leaf => (leaf.Ord, leaf.DocBase)));
        Assert.True(reader.Context.IsTopLevel);
        Assert.All(reader.Leaves, leaf => Assert.False(leaf.IsTopLevel));
        AtomicReaderContext alone = reader.Leaves[2].AtomicReader.AtomicContext;
        Assert.Equal((true, 0, 0), (alone.IsTopLevel, alone.Ord, alone.DocBase));
        Assert.Same(alone, Assert.Single(alone.Leaves));
    }

    private sealed class Listener : IReaderDisposedListener
    {
        public List<IndexReader> Disposed { get; } = [];

        public void OnDispose(IndexReader reader) => Disposed.Add(reader);
    }
}
