using Lucene.Net.Index;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Others look at the folders, or take files away, at the very moment at which a run does.</summary>
public sealed class OthersAtWorkTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    private CheckpointIdentity Identity => CheckpointIdentity.Of(_sandbox.Encoder, _sandbox.Options, [Sandbox.Body]);

    private string Lock => Path.Combine(_sandbox.Working, "lock");

    [Fact]
    public void Open_WhileSomebodyLooksAtTheLock_WaitsAndTakesIt()
    {
        FileStream looking = Look();

        using WorkingFolder folder = WorkingFolder.Open(_sandbox.Working, Identity, looking.Dispose);

        Assert.True(WorkingFolder.IsHeld(_sandbox.Working));
    }

    [Fact]
    public void Open_WhileAnotherHoldsTheLock_RefusesAtOnce()
    {
        using WorkingFolder folder = WorkingFolder.Open(_sandbox.Working, Identity);

        var refusal = Assert.Throws<ReindexRefusedException>(() => WorkingFolder.Open(
            _sandbox.Working, Identity, () => Assert.Fail("It waited.")));

        Assert.Equal([WorkingFolder.Held(_sandbox.Working)], refusal.Problems);
    }

    [Fact]
    public void IsHeld_WhileSomebodyLooksToo_IsNot()
    {
        using FileStream looking = Look();

        Assert.False(WorkingFolder.IsHeld(_sandbox.Working));
    }

    // A link to nothing is there for whoever asks, and gone for whoever opens it.
    [Fact]
    public void Of_FileTakenAwayBetweenTwoLooks_SaysThatTheSegmentIsGone()
    {
        _sandbox.AddSegments(["dog"]);
        using DirectoryReader source = _sandbox.Open(_sandbox.Source);
        SegmentReader segment = Assert.Single(IndexFolder.SegmentsOf(source));
        string file = Path.Combine(_sandbox.Source, segment.SegmentInfo.GetFiles().First());
        Assert.NotNull(SegmentIdentity.Of(segment, _sandbox.Source));
        File.Delete(file);
        File.CreateSymbolicLink(file, file + ".gone");

        Assert.True(File.Exists(file));
        Assert.Null(SegmentIdentity.Of(segment, _sandbox.Source));
    }

    [Fact]
    public void Open_KeeperCannotBeMade_ClosesTheReader()
    {
        _sandbox.AddSegments(["dog"]);
        using Lucene.Net.Store.Directory directory = IndexFolder.Open(_sandbox.Source);
        DirectoryReader? opened = null;

        Assert.Throws<IOException>(() => IndexFolder.Open<object>(directory, reader =>
        {
            opened = reader;
            throw new IOException("gone");
        }));

        Assert.Equal(0, opened!.RefCount);
    }

    // The same command was begun twice: a run that has looked at the target counts tokens next, and holds the folder after that.
    [Fact]
    public async Task RunAsync_AnotherRunEndsBeforeTheFolderIsHeld_HasNothingToDo()
    {
        _sandbox.AddSegments(["dog"]);
        ReindexPlan plan = await _sandbox.PlanAsync();
        _sandbox.Encoder.BeforeCount = () => Task.WaitAll(_sandbox.Reindexer.RunAsync(plan));

        ReindexResult result = await _sandbox.Reindexer.RunAsync(plan);

        Assert.Equal(ReindexStart.UpToDate, result.Start);
        Assert.False(System.IO.Directory.Exists(_sandbox.Working));
    }

    public void Dispose() => _sandbox.Dispose();

    private FileStream Look()
    {
        System.IO.Directory.CreateDirectory(_sandbox.Working);
        File.WriteAllText(Lock, "");
        return new FileStream(Lock, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }
}
