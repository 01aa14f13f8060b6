using Lucene.Net.Index;

namespace SpladeLucene.StandIns.Tests;

public sealed class CommitTests : IDisposable
{
    private readonly IndexFolder _index = new();

    public void Dispose() => _index.Dispose();

    [Fact]
    public void Files_of_older_commits_go_and_a_reader_of_one_stays_whole()
    {
        _index.Add("a", "b");
        using DirectoryReader old = DirectoryReader.Open(_index.Open());
        using (IndexWriter writer = _index.NewWriter(OpenMode.CREATE))
        {
            writer.AddDocument(IndexFolder.DocumentOf("c"));
        }
        Assert.Equal(["_1.segment", "standins_2"], _index.Files().Keys);
        Assert.Equal("b", old.Document(1).Get("id"));
        Assert.Equal(["c"], _index.Ids());
    }

    [Fact]
    public void A_segment_is_written_once_and_its_deletions_beside_it()
    {
        _index.Add("a", "b", "c");
        byte[] segment = _index.Files()["_0.segment"];
        _index.Delete("a");
        _index.Delete("b");
        Assert.Equal(["_0.segment", "_0_2.live", "standins_3"], _index.Files().Keys);
        Assert.Equal(segment, _index.Files()["_0.segment"]);
    }

    [Fact]
    public void A_commit_without_a_change_writes_nothing()
    {
        _index.Add("a");
        SortedDictionary<string, byte[]> before = _index.Files();
        _index.NewWriter().Dispose();
        Assert.Equal(before, _index.Files());
    }

    [Fact]
    public void Rollback_leaves_the_disk_as_it_was()
    {
        _index.Add("a");
        SortedDictionary<string, byte[]> before = _index.Files();
        IndexWriter writer = _index.NewWriter();
        writer.AddDocument(IndexFolder.DocumentOf("b"));
        writer.DeleteDocuments(new Term("id", "a"));
        DirectoryReader.Open(writer, true).Dispose();
        writer.Rollback();
        Assert.Equal(before, _index.Files());
    }

    [Fact]
    public void Files_of_others_stay_in_the_folder()
    {
        File.WriteAllText(_index.PathOf("notes.txt"), "mine");
        _index.Add("a");
        _index.Delete("a");
        Assert.Contains("notes.txt", _index.Files().Keys);
    }

    [Theory]
    [InlineData(OpenMode.CREATE)]
    [InlineData(OpenMode.APPEND)]
    [InlineData(OpenMode.CREATE_OR_APPEND)]
    public void An_index_of_Lucene_itself_is_refused_and_left_alone(OpenMode mode)
    {
        File.WriteAllBytes(_index.PathOf("segments_1"), [0x3F, 0xD7, 0x6C, 0x17]);
        File.WriteAllBytes(_index.PathOf("segments.gen"), [0xFF]);
        SortedDictionary<string, byte[]> before = _index.Files();
        Exception refused = Assert.Throws<CorruptIndexException>(() => _index.NewWriter(mode));
        Assert.Contains("index of Lucene itself", refused.Message, StringComparison.Ordinal);
        Assert.Throws<CorruptIndexException>(_index.Ids);
        Assert.Equal(before, _index.Files());
    }
}
