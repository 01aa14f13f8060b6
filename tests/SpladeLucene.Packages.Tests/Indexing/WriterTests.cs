using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Indexing;

/// <summary>Adding, replacing and deleting documents.</summary>
public sealed class WriterTests
{
    [Fact]
    public void NumDocs_WhileBuffered_CountsWithoutCarryingDeletionsOut()
    {
        using var index = new LiveIndex();
        index.AddSegment("1", "2").Add("3");
        Assert.Equal((3, 3, false), (index.Writer.NumDocs, index.Writer.MaxDoc, index.Writer.HasDeletions()));

        index.Delete("1");
        Assert.Equal((3, 3, true), (index.Writer.NumDocs, index.Writer.MaxDoc, index.Writer.HasDeletions()));

        index.Writer.Commit();
        Assert.Equal((2, 3, true), (index.Writer.NumDocs, index.Writer.MaxDoc, index.Writer.HasDeletions()));
    }

    [Fact]
    public void UpdateDocument_SeveralWithTheTerm_ReplacesThemAll()
    {
        using var index = new LiveIndex();
        index.AddSegment("1", "2").Add("1", "3");
        index.Writer.UpdateDocument(new Term("id", "1"), LiveIndex.Document("1", "new"));
        using DirectoryReader reader = index.Open();

        Assert.Equal("2 | 3 1", LiveIndex.Ids(reader));
        Assert.Equal((3, 2, 5), (reader.NumDocs, reader.NumDeletedDocs, reader.MaxDoc));
    }

    [Fact]
    public void DeleteDocuments_ByQuery_SparesWhatIsAddedLater()
    {
        using var index = new LiveIndex();
        index.AddSegment("1", "2", "3").Add("2", "4");
        index.Writer.DeleteDocuments(Text("2"), Text("3"));
        index.Add("3");
        using DirectoryReader reader = index.Open();

        Assert.Equal("1 | 4 3", LiveIndex.Ids(reader));
    }

    [Fact]
    public void DeleteDocuments_AllOfASegment_DropsIt()
    {
        using var index = new LiveIndex();
        index.AddSegment("1").AddSegment("2").Delete("1");
        using DirectoryReader reader = index.Open();

        Assert.Equal("2", LiveIndex.Ids(reader));
        Assert.Equal((1, 1), (reader.MaxDoc, index.Writer.MaxDoc));
    }

    [Fact]
    public void AddDocuments_ABlock_LiesTogether()
    {
        using var index = new LiveIndex();
        index.Add("1");
        index.Writer.AddDocuments([LiveIndex.Document("2", "a"), LiveIndex.Document("3", "b")]);
        using DirectoryReader reader = index.Open();

        Assert.Equal("1 2 3", LiveIndex.Ids(reader));
    }

    [Fact]
    public void MaxBufferedDocs_Reached_FlushesASegment()
    {
        using var index = new LiveIndex(config => config.MaxBufferedDocs = 2);
        index.Add("1", "2", "3", "4", "5");
        using DirectoryReader reader = index.Open();

        Assert.Equal("1 2 | 3 4 | 5", LiveIndex.Ids(reader));
    }

    [Fact]
    public void RAMBufferSizeMB_Reached_FlushesASegment()
    {
        using var index = new LiveIndex(config => config.RAMBufferSizeMB = 0.00001);
        index.Add("1", "2");
        using DirectoryReader reader = index.Open();

        Assert.Equal("1 | 2", LiveIndex.Ids(reader));
    }

    [Fact]
    public void IndexWriterConfig_LimitsThatMakeNoSense_AreRefused()
    {
        IndexWriterConfig config = TestIndex.Config();

        Assert.Equal((16.0, -1), (config.RAMBufferSizeMB, config.MaxBufferedDocs));
        Assert.ThrowsAny<ArgumentException>(() => config.RAMBufferSizeMB = 0);
        Assert.ThrowsAny<ArgumentException>(() => config.MaxBufferedDocs = 1);
        Assert.ThrowsAny<ArgumentException>(() => config.RAMBufferSizeMB = -1);
        config.MaxBufferedDocs = 10;
        config.RAMBufferSizeMB = -1;
        Assert.ThrowsAny<ArgumentException>(() => config.MaxBufferedDocs = -1);
    }

    [Fact]
    public void IndexWriter_UsedConfig_IsRefused()
    {
        IndexWriterConfig config = TestIndex.Config();
        using var directory = new Lucene.Net.Store.RAMDirectory();
        using var writer = new IndexWriter(directory, config);
        using var other = new Lucene.Net.Store.RAMDirectory();

        Assert.ThrowsAny<InvalidOperationException>(() => new IndexWriter(other, config));
    }

    [Fact]
    public void AddDocument_Disposed_Throws()
    {
        var index = new LiveIndex();
        index.Add("1");
        index.Writer.Rollback();

        Assert.ThrowsAny<ObjectDisposedException>(() => index.Add("2"));
        Assert.False(DirectoryReader.IndexExists(index.Directory));
    }

    private static TermQuery Text(string word) => new(new Term("text", word));
}
