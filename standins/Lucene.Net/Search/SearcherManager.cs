using Lucene.Net.Index;
using Lucene.Net.Util;
using Directory = Lucene.Net.Store.Directory;

namespace Lucene.Net.Search;

// Shares the searcher of an index's newest state.
public sealed class SearcherManager : ReferenceManager<IndexSearcher>
{
    private readonly SearcherFactory _factory;

    public SearcherManager(IndexWriter writer, bool applyAllDeletes, SearcherFactory searcherFactory)
        : this(DirectoryReader.Open(writer, applyAllDeletes), searcherFactory)
    {
    }

    public SearcherManager(Directory dir, SearcherFactory searcherFactory)
        : this(DirectoryReader.Open(dir), searcherFactory)
    {
    }

    private SearcherManager(DirectoryReader reader, SearcherFactory? searcherFactory)
    {
        _factory = searcherFactory ?? new SearcherFactory();
        Current = NewSearcher(reader);
    }

    public bool IsSearcherCurrent()
    {
        IndexSearcher searcher = Acquire();
        try
        {
            return ((DirectoryReader)searcher.IndexReader).IsCurrent();
        }
        finally
        {
            Release(searcher);
        }
    }

    protected override void DecRef(IndexSearcher reference) => reference.IndexReader.DecRef();

    protected override bool TryIncRef(IndexSearcher reference) => reference.IndexReader.TryIncRef();

    protected override IndexSearcher RefreshIfNeeded(IndexSearcher referenceToRefresh)
    {
        DirectoryReader? newer = DirectoryReader.OpenIfChanged((DirectoryReader)referenceToRefresh.IndexReader);
        return newer is null ? null : NewSearcher(newer);
    }

    private IndexSearcher NewSearcher(DirectoryReader reader)
    {
        try
        {
            IndexSearcher searcher = _factory.NewSearcher(reader);
            return searcher.IndexReader == reader
                ? searcher
                : throw Refusals.IllegalState("The factory made a searcher of another reader than it was given.");
        }
        catch
        {
            reader.DecRef();
            throw;
        }
    }
}
