using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.StandIns.Tests;

public sealed class WriteLockTests : IDisposable
{
    private readonly IndexFolder _index = new();

    public void Dispose() => _index.Dispose();

    [Fact]
    public void A_second_writer_is_refused_and_the_first_one_goes_on()
    {
        using (IndexWriter first = _index.NewWriter())
        {
            first.AddDocument(IndexFolder.DocumentOf("a"));
            Assert.Throws<LockObtainFailedException>(() => _index.NewWriter());
            first.AddDocument(IndexFolder.DocumentOf("b"));
        }
        Assert.Equal(["a", "b"], _index.Ids());
    }

    [Fact]
    public void The_lock_is_free_after_dispose_and_after_rollback()
    {
        _index.NewWriter().Dispose();
        _index.NewWriter().Rollback();
        _index.Add("a");
        Assert.Equal(["a"], _index.Ids());
    }

    [Fact]
    public void A_lock_file_that_nobody_holds_is_no_lock()
    {
        File.WriteAllText(_index.PathOf("write.lock"), "left by a process that is gone");
        _index.Add("a");
        Assert.Equal(["a"], _index.Ids());
    }

    [Fact]
    public void Readers_need_no_lock()
    {
        _index.Add("a");
        using IndexWriter writer = _index.NewWriter();
        writer.AddDocument(IndexFolder.DocumentOf("b"));
        Assert.Equal(["a"], _index.Ids());
    }

    [Fact]
    public void A_directory_in_memory_has_a_lock_too()
    {
        using var directory = new RAMDirectory();
        var first = new IndexWriter(directory, IndexFolder.NewConfig());
        Assert.Throws<LockObtainFailedException>(() => new IndexWriter(directory, IndexFolder.NewConfig()));
        first.Dispose();
        new IndexWriter(directory, IndexFolder.NewConfig()).Dispose();
    }
}
