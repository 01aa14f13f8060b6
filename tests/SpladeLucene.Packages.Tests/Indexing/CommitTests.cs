using Lucene.Net.Index;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Indexing;

/// <summary>What a commit keeps, and what a reader that is opened again sees.</summary>
public sealed class CommitTests : IDisposable
{
    private readonly LiveIndex _index = new();

    [Fact]
    public void SetCommitData_CommittedAlone_IsSeenByNewReadersAndNoChange()
    {
        _index.AddSegment("1");
        using DirectoryReader before = DirectoryReader.Open(_index.Directory);
        _index.Writer.SetCommitData(new Dictionary<string, string> { ["model"] = "tiny" });
        Assert.Equal("tiny", _index.Writer.CommitData["model"]);
        Assert.Empty(before.IndexCommit.UserData);

        _index.Writer.Commit();
        using DirectoryReader after = DirectoryReader.Open(_index.Directory);
        Assert.Equal("tiny", after.IndexCommit.UserData["model"]);
        Assert.True(before.IsCurrent());
        Assert.Null(DirectoryReader.OpenIfChanged(before));
    }

    [Fact]
    public void CommitData_OfTheNextWriter_IsThatOfTheLastCommit()
    {
        _index.Writer.SetCommitData(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        _index.Writer.SetCommitData(new Dictionary<string, string> { ["b"] = "3" });
        _index.Writer.Dispose();
        using var next = new IndexWriter(_index.Directory, TestIndex.Config());

        Assert.Equal("3", Assert.Single(next.CommitData).Value);
    }

    [Fact]
    public void OpenIfChanged_CommittedIndex_SharesTheSegmentsThatStayed()
    {
        _index.AddSegment("1").AddSegment("2");
        using DirectoryReader before = DirectoryReader.Open(_index.Directory);
        Assert.Null(DirectoryReader.OpenIfChanged(before));

        _index.AddSegment("3");
        using DirectoryReader after = DirectoryReader.OpenIfChanged(before);
        Assert.Equal("1 | 2 | 3", LiveIndex.Ids(after));
        Assert.Same(before.Leaves[0].Reader, after.Leaves[0].Reader);
        Assert.Same(before.Leaves[1].Reader, after.Leaves[1].Reader);
        Assert.Equal(2, before.Leaves[0].Reader.RefCount);
        Assert.Equal("1 | 2", LiveIndex.Ids(before));
    }

    [Fact]
    public void OpenIfChanged_NearRealTimeReader_SeesTheWriter()
    {
        _index.Add("1");
        using DirectoryReader before = _index.Open();
        Assert.Null(DirectoryReader.OpenIfChanged(before));
        Assert.Same(_index.Directory, before.Directory);

        _index.Add("2").Delete("1");
        Assert.False(before.IsCurrent());
        using DirectoryReader after = DirectoryReader.OpenIfChanged(before);
        Assert.Equal("2", LiveIndex.Ids(after));
        Assert.Equal("1", LiveIndex.Ids(before));
        Assert.True(after.IsCurrent());
        Assert.False(DirectoryReader.IndexExists(_index.Directory));
    }

    public void Dispose() => _index.Dispose();
}
