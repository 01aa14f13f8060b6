using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Impacts;
using SpladeLucene.Impacts.Files;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>An index on disk of one segment or more, and a folder for impacts beside it.</summary>
internal sealed class MappedIndex : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MappedIndex(params int[] segments)
    {
        Add(segments.Length == 0 ? [100] : segments);
        Reader = DirectoryReader.Open(FSDirectory.Open(Folder));
    }

    public string Folder => _folder.PathOf("index");

    public string Impacts => _folder.PathOf("impacts");

    public DirectoryReader Reader { get; set; }

    public string[] Files => System.IO.Directory.Exists(Impacts) ? System.IO.Directory.GetFiles(Impacts) : [];

    public ImpactCacheOptions Options => new() { Folder = Impacts, LeastBytesForFile = 0, LeastDocumentsForBlocks = 0 };

    /// <summary>A cache whose every segment is mapped or built.</summary>
    public ImpactCache Warmed(ImpactCacheOptions? options = null)
    {
        var cache = new ImpactCache(options ?? Options);
        cache.Warm(Reader, VectorIndex.Field);
        return cache;
    }

    /// <summary>Writes, and commits, segments.</summary>
    public void Add(params int[] segments)
    {
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using var writer = new IndexWriter(FSDirectory.Open(Folder), config);
        foreach (int documents in segments)
        {
            for (int i = 0; i < documents; i++) writer.AddDocument(VectorIndex.Make(i, VectorOf(i)));
            writer.Commit();
        }
    }

    /// <summary>Merges all into one segment; the others are gone from the disk.</summary>
    public void Merge()
    {
        using var writer = new IndexWriter(FSDirectory.Open(Folder), TestIndex.Config());
        writer.ForceMerge(1);
    }

    public SegmentKey Key(int segment = 0) =>
        SegmentKey.Of((SegmentReader)Reader.Leaves[segment].AtomicReader, VectorIndex.Field, blocks: true, Impacts);

    /// <summary>The best hits, which have to be those that Lucene's postings have.</summary>
    public void RequireHits(ImpactCache cache)
    {
        var query = new SpladeQuery(VectorIndex.Field, VectorIndex.Impacts(("a", 30), ("b", 5), ("t3", 200)));
        var ours = new SpladeSearcher(Reader, new SpladeSearcherOptions { Impacts = cache });
        SpladeTopDocs found = ours.SearchTop(query, 20);
        Assert.All(found.Segments, segment => Assert.Equal(FallbackReason.None, segment.Fallback));
        var expected = ours.SearchTop(query, 20, options: new SpladeSearchOptions { Algorithm = SearchAlgorithm.Postings });
        TopDocsAssert.Equal(expected.ScoreDocs, found, 20, "mapped", counted: null);
    }

    public void Dispose()
    {
        Reader.Dispose();
        _folder.Dispose();
    }

    private static SparseVector VectorOf(int i) =>
        VectorIndex.Impacts(("a", 1 + (i % 250)), ("b", 1 + (i % 7)), ($"t{i % 50}", 9));
}
