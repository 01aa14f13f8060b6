using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.StandIns.Tests;

// All that a segment can hold, in memory, on the disk and merged, must be the same.
public sealed class RoundTripTests
{
    [Fact]
    public void What_is_read_from_the_disk_is_what_the_writer_had()
    {
        using var folder = new IndexFolder();
        string inMemory;
        using (IndexWriter writer = folder.NewWriter())
        {
            FullDocuments.AddTo(writer, 40);
            using DirectoryReader reader = DirectoryReader.Open(writer, true);
            inMemory = Digest.Of(reader);
        }
        using DirectoryReader reopened = DirectoryReader.Open(folder.Open());
        Assert.Equal(inMemory, Digest.Of(reopened));
    }

    [Fact]
    public void A_segment_added_from_a_reader_is_the_segment_that_was_read()
    {
        using var source = new RAMDirectory();
        using (var writer = new IndexWriter(source, IndexFolder.NewConfig()))
        {
            FullDocuments.AddTo(writer, 40);
        }
        using DirectoryReader reader = DirectoryReader.Open(source);
        using var target = new RAMDirectory();
        using (var writer = new IndexWriter(target, IndexFolder.NewConfig()))
        {
            writer.AddIndexes(new FilterAtomicReader(reader.Leaves[0].AtomicReader));
        }
        using DirectoryReader copy = DirectoryReader.Open(target);
        Assert.Equal(Digest.Of(reader), Digest.Of(copy));
    }

    [Fact]
    public void Merging_leaves_out_the_deleted_documents_and_nothing_else()
    {
        using var merged = new RAMDirectory();
        using (var writer = new IndexWriter(merged, MergingConfig()))
        {
            FullDocuments.AddTo(writer, 20);
            writer.Commit();
            FullDocuments.AddTo(writer, 20, first: 20);
            writer.DeleteDocuments(new Term("id", "3"), new Term("id", "25"));
            writer.ForceMerge(1);
        }
        using var direct = new RAMDirectory();
        using (var writer = new IndexWriter(direct, IndexFolder.NewConfig()))
        {
            FullDocuments.AddTo(writer, 40, leaveOut: [3, 25]);
        }
        using DirectoryReader mergedReader = DirectoryReader.Open(merged);
        using DirectoryReader directReader = DirectoryReader.Open(direct);
        Assert.Equal(Digest.Of(directReader), Digest.Of(mergedReader));
    }

    private static IndexWriterConfig MergingConfig()
    {
        IndexWriterConfig config = IndexFolder.NewConfig();
        config.MergePolicy = new LogDocMergePolicy();
        return config;
    }
}
