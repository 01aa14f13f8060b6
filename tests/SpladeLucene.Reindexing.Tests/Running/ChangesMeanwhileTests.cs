using Lucene.Net.Index;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What others do to the target while a run works.</summary>
public sealed class ChangesMeanwhileTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    [Fact]
    public async Task RunAsync_TargetChangedWhileCatchingUp_RefusesToUndoThat()
    {
        _sandbox.AddSegments(["dog", "cat"]);
        await _sandbox.RunAsync();
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("2", "bird")));
        ReindexPlan plan = await _sandbox.PlanAsync();
        _sandbox.Encoder.BeforeBatch = _ =>
            _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "0")), _sandbox.Target);

        var refusal = await Assert.ThrowsAsync<ReindexRefusedException>(() => _sandbox.Reindexer.RunAsync(plan));

        Assert.Contains($"The target '{_sandbox.Target}' was changed while", refusal.Message, StringComparison.Ordinal);
        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(1, target.NumDocs);
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "1")), _sandbox.Target);
    }

    [Fact]
    public async Task RunAsync_SomethingIsPutIntoTheTargetMeanwhile_RefusesAndKeepsBoth()
    {
        _sandbox.AddSegments(["dog"]);
        ReindexPlan plan = await _sandbox.PlanAsync();
        string file = Path.Combine(_sandbox.Target, "notes.txt");
        _sandbox.Encoder.BeforeBatch = _ =>
        {
            System.IO.Directory.CreateDirectory(_sandbox.Target);
            File.WriteAllText(file, "mine");
        };

        await Assert.ThrowsAsync<ReindexRefusedException>(() => _sandbox.Reindexer.RunAsync(plan));

        Assert.Equal("mine", File.ReadAllText(file));
        File.Delete(file);
        _sandbox.Encoder.BeforeBatch = null;
        ReindexResult result = await _sandbox.RunAsync();
        Assert.Equal((ReindexStart.Resume, 0), (result.Start, result.Encoded));
    }

    [Fact]
    public async Task RunAsync_KilledInACommitOfTheTarget_CommitsOnceAndStaysUpToDate()
    {
        _sandbox.AddSegments(["dog"]);
        await _sandbox.RunAsync();
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("1", "bird")));
        long before = Generation();
        File.WriteAllBytes(Path.Combine(_sandbox.Target, $"segments_{before + 1}"), new byte[7]);

        await _sandbox.RunAsync();

        // A second commit would leave a moment in which the first one doesn't know its own number.
        Assert.Equal(before + 1, Generation());
        Assert.Equal(ReindexStart.UpToDate, (await _sandbox.PlanAsync()).Start);
    }

    public void Dispose() => _sandbox.Dispose();

    private long Generation()
    {
        using DirectoryReader reader = _sandbox.Open();
        return reader.IndexCommit.Generation;
    }
}
