using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Searching;

/// <summary>A searcher that is shared and replaced.</summary>
public sealed class SearcherManagerTests : IDisposable
{
    private readonly LiveIndex _index = new();

    [Fact]
    public void MaybeRefresh_OfADirectory_SeesCommitsOnly()
    {
        _index.AddSegment("1");
        using var manager = new SearcherManager(_index.Directory, new SearcherFactory());
        _index.Add("2");
        Assert.True(manager.IsSearcherCurrent());

        _index.Writer.Commit();
        Assert.False(manager.IsSearcherCurrent());
        Assert.True(manager.MaybeRefresh());
        Assert.True(manager.IsSearcherCurrent());
        Assert.Equal(2, Count(manager));
    }

    [Fact]
    public void MaybeRefresh_OfAWriter_SeesWhatIsBuffered()
    {
        using var manager = new SearcherManager(_index.Writer, applyAllDeletes: true, null);
        _index.Add("1");
        Assert.False(manager.IsSearcherCurrent());
        Assert.Equal(0, Count(manager));

        Assert.True(manager.MaybeRefresh());
        Assert.Equal(1, Count(manager));
    }

    [Fact]
    public void Acquire_BeforeARefresh_StaysOpenUntilReleased()
    {
        _index.Add("1");
        using var manager = new SearcherManager(_index.Writer, applyAllDeletes: true, null);
        IndexSearcher old = manager.Acquire();
        _index.Add("2");
        manager.MaybeRefreshBlocking();

        Assert.Equal((1, 1), (old.IndexReader.RefCount, old.IndexReader.NumDocs));
        manager.Release(old);
        Assert.Equal(0, old.IndexReader.RefCount);
    }

    [Fact]
    public void MaybeRefresh_NothingNew_KeepsTheSearcher()
    {
        _index.Add("1");
        using var manager = new SearcherManager(_index.Writer, applyAllDeletes: true, null);
        IndexSearcher before = manager.Acquire();
        manager.MaybeRefreshBlocking();
        IndexSearcher after = manager.Acquire();

        Assert.Same(before, after);
        Assert.Equal(3, before.IndexReader.RefCount);
        manager.Release(before);
        manager.Release(after);
    }

    [Fact]
    public void NewSearcher_OwnFactory_MakesEachSearcher()
    {
        var factory = new Bm25Factory();
        using var manager = new SearcherManager(_index.Writer, applyAllDeletes: true, factory);
        _index.Add("1");
        manager.MaybeRefreshBlocking();
        IndexSearcher searcher = manager.Acquire();

        Assert.Equal([0, 1], factory.Opened);
        Assert.IsType<BM25Similarity>(searcher.Similarity);
        manager.Release(searcher);
    }

    [Fact]
    public void NewSearcher_OfAnotherReader_IsRefused()
    {
        using DirectoryReader other = TestIndex.Of([]);

        Assert.ThrowsAny<InvalidOperationException>(
            () => new SearcherManager(_index.Writer, applyAllDeletes: true, new StrayFactory(other)));
    }

    [Fact]
    public void Dispose_WhileASearcherIsOut_ClosesWhenItComesBack()
    {
        _index.Add("1");
        var manager = new SearcherManager(_index.Writer, applyAllDeletes: true, null);
        IndexSearcher searcher = manager.Acquire();
        manager.Dispose();
        manager.Dispose();

        Assert.ThrowsAny<ObjectDisposedException>(() => manager.Acquire());
        Assert.ThrowsAny<ObjectDisposedException>(() => manager.MaybeRefresh());
        Assert.Equal(1, searcher.IndexReader.RefCount);
        manager.Release(searcher);
        Assert.Equal(0, searcher.IndexReader.RefCount);
    }

    public void Dispose() => _index.Dispose();

    private static int Count(SearcherManager manager)
    {
        IndexSearcher searcher = manager.Acquire();
        try
        {
            return searcher.Search(new MatchAllDocsQuery(), 1).TotalHits;
        }
        finally
        {
            manager.Release(searcher);
        }
    }

    private sealed class Bm25Factory : SearcherFactory
    {
        public List<int> Opened { get; } = [];

        public override IndexSearcher NewSearcher(IndexReader reader)
        {
            Opened.Add(reader.NumDocs);
            IndexSearcher searcher = base.NewSearcher(reader);
            searcher.Similarity = new BM25Similarity();
            return searcher;
        }
    }

    private sealed class StrayFactory(IndexReader other) : SearcherFactory
    {
        public override IndexSearcher NewSearcher(IndexReader reader) => new(other);
    }
}
