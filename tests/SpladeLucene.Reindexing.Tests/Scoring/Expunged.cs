using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Copies of an index without its deleted documents: what a lossless migration is measured by.</summary>
internal static class Expunged
{
    /// <summary>
    /// As Lucene expunges them itself. Segments that had deletions may come back as one, and so with the poorest of their
    /// fields' settings and in another order.
    /// </summary>
    public static DirectoryReader ByForceMerge(string source, string copy)
    {
        CopyFiles(source, copy);
        FSDirectory directory = FSDirectory.Open(copy);
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = new TieredMergePolicy { ForceMergeDeletesPctAllowed = 0 };
        using (var writer = new IndexWriter(directory, config)) writer.ForceMergeDeletes();
        return DirectoryReader.Open(directory);
    }

    /// <summary>By rewriting each segment alone.</summary>
    public static DirectoryReader BySegment(DirectoryReader source)
    {
        var directory = new RAMDirectory();
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using (var writer = new IndexWriter(directory, config))
        {
            foreach (AtomicReaderContext leaf in source.Leaves) writer.AddIndexes(leaf.AtomicReader);
            writer.SetCommitData(source.IndexCommit.UserData);
        }

        return DirectoryReader.Open(directory);
    }

    private static void CopyFiles(string source, string copy)
    {
        System.IO.Directory.CreateDirectory(copy);
        foreach (string file in System.IO.Directory.GetFiles(source))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
    }
}
