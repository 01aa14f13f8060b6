using Lucene.Net.Index;
using SpladeLucene.Tests.LuceneContracts.Support;

namespace SpladeLucene.Tests.LuceneContracts;

/// <summary>SpladeFingerprint and TargetPublisher: what a commit's user data is.</summary>
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

    public void Dispose() => _index.Dispose();
}
