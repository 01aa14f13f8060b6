using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>The shortest migration that loses nothing: in memory, neither resumable nor up to date for long.</summary>
internal static class NaiveMigration
{
    /// <summary>Migrates.</summary>
    /// <param name="source">The folder of the source.</param>
    /// <param name="target">The folder of the target.</param>
    /// <param name="distort">
    /// Changes the texts of a segment before they are encoded, for tests that must notice.
    /// </param>
    public static void Run(string source, string target, Func<IReadOnlyList<string?>, IEnumerable<string?>>? distort = null)
    {
        using FSDirectory from = FSDirectory.Open(source), to = FSDirectory.Open(target);
        using DirectoryReader reader = DirectoryReader.Open(from);
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using var writer = new IndexWriter(to, config);
        foreach (SegmentReader segment in reader.Leaves.Select(leaf => (SegmentReader)leaf.AtomicReader))
        {
            string?[] texts =
                [.. Enumerable.Range(0, segment.MaxDoc).Select(doc => SpladeListing.TextOf(segment, doc, Migration.Body))];
            using Directory side = Side(distort is null ? texts : distort(texts));
            using DirectoryReader sideReader = DirectoryReader.Open(side);
            using var pair = new ParallelAtomicReader(closeSubReaders: false, segment, sideReader.Leaves[0].AtomicReader);
            writer.AddIndexes(pair);
        }

        writer.SetCommitData(reader.IndexCommit.UserData);
    }

    private static RAMDirectory Side(IEnumerable<string?> texts)
    {
        var directory = new RAMDirectory();
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = new LogDocMergePolicy();
        using var writer = new IndexWriter(directory, config);
        foreach (string? text in texts)
        {
            writer.AddDocument(SpladeListing.DocumentOf(
                text, Migration.Body, new WordEncoder(), new ReindexOptions()));
        }

        writer.ForceMerge(1);
        return directory;
    }
}
