using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed partial class ResumeTests : IDisposable
{
    private const int Documents = 60;

    private readonly Sandbox _sandbox = new() { Options = new ReindexOptions { BatchTokens = 12 } };

    [Fact]
    public async Task RunAsync_CancelledAtEachBatch_GoesOnWithoutEncodingTwice()
    {
        AddWords();
        int runs = 0, encoded = 0;
        for (; !System.IO.Directory.Exists(_sandbox.Target); runs++)
        {
            using var stop = new CancellationTokenSource();
            _sandbox.Encoder.BeforeBatch = texts =>
            {
                if (texts > 0) stop.Cancel();
            };
            try
            {
                ReindexPlan plan = await PlanAsync();
                await _sandbox.Reindexer.RunAsync(plan, cancellationToken: stop.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.False(System.IO.Directory.Exists(_sandbox.Target));
            }

            encoded += _sandbox.Encoder.Texts.Count;
            _sandbox.Encoder.Forget();
        }

        Assert.True(runs > 5, $"{runs} runs");
        // A cancelled run may lose the batch that was encoded and not yet written.
        Assert.InRange(encoded, Documents, Documents + (runs * 2 * 12));
        AssertComplete();
    }

    [Fact]
    public async Task RunAsync_FolderAsItWasAtAnyMoment_IsGoneOnWith()
    {
        AddWords();
        ReindexPlan plan = await PlanAsync();
        var snapshots = new List<string>();
        _sandbox.Encoder.BeforeBatch = _ => snapshots.Add(Copy($"snapshot{snapshots.Count}"));
        await _sandbox.Reindexer.RunAsync(plan);
        _sandbox.Encoder.BeforeBatch = null;

        Assert.True(snapshots.Count > 5);
        foreach (string snapshot in snapshots)
        {
            System.IO.Directory.Delete(_sandbox.Target, recursive: true);
            System.IO.Directory.Move(snapshot, _sandbox.Working);
            ReindexResult result = await _sandbox.RunAsync();
            // Texts of segments that the run before had merged count too.
            Assert.Equal(Documents, result.Encoded + result.Reused);
            AssertComplete();
        }
    }

    [Theory]
    [InlineData("target")]
    [InlineData("parts")]
    [InlineData("side")]
    public async Task RunAsync_HalfAFolderLeft_IsMadeAgain(string folder)
    {
        AddWords();
        await FailAtAsync(40);
        string path = Path.Combine(_sandbox.Working, folder);
        System.IO.Directory.CreateDirectory(path);
        foreach (string file in System.IO.Directory.GetFiles(path))
        {
            using FileStream half = File.Open(file, FileMode.Open);
            half.SetLength(half.Length / 2);
        }

        File.WriteAllText(Path.Combine(path, "_0.cfs"), "half a file");

        await _sandbox.RunAsync();

        AssertComplete();
    }

    [Fact]
    public async Task RunAsync_ATextCannotBeEncoded_NamesDocumentAndKeepsTheRest()
    {
        AddWords();
        ReindexDocumentException problem = await FailAtAsync(40);

        Assert.Equal(("_1", 10), (problem.Segment, problem.Number));
        Assert.Equal("Document 10 of segment _1 can't be encoded: it is bad for the text at index 0.", problem.Message);
        Assert.Equal(ReindexStart.Resume, (await _sandbox.PlanAsync()).Start);
        ReindexResult result = await _sandbox.RunAsync();
        Assert.Equal(ReindexStart.Resume, result.Start);
        Assert.InRange(_sandbox.Encoder.Texts.Count, 20, 20 + (3 * 12));
        AssertComplete();
    }

    [Fact]
    public async Task RunAsync_SourceChangedBetweenRuns_AssemblesTheNewState()
    {
        AddWords();
        await FailAtAsync(40);
        _sandbox.Write(writer => writer.UpdateDocument(new Term("id", "3"), Sandbox.Document("3", "another")));

        await _sandbox.RunAsync();

        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(Documents, target.MaxDoc);
        Assert.Equal("3", target.Document(OnlyHit(target, "another")).Get("id"));
    }

    [Fact]
    public async Task RunAsync_KilledAfterTheRename_CleansUp()
    {
        AddWords();
        string? last = null;
        ReindexPlan plan = await PlanAsync();
        _sandbox.Encoder.BeforeBatch = encoded => last = Copy($"before{encoded}");
        await _sandbox.Reindexer.RunAsync(plan);
        _sandbox.Encoder.BeforeBatch = null;
        System.IO.Directory.Delete(Path.Combine(last!, "target"), recursive: true);
        System.IO.Directory.Move(last!, _sandbox.Working);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal(ReindexStart.UpToDate, result.Start);
        Assert.False(System.IO.Directory.Exists(_sandbox.Working));
        AssertComplete();
    }

    [Fact]
    public async Task RunAsync_KilledBeforeTheStateWasWritten_Begins()
    {
        AddWords();
        System.IO.Directory.CreateDirectory(_sandbox.Working);
        File.WriteAllText(Path.Combine(_sandbox.Working, "lock"), "");
        File.WriteAllText(Path.Combine(_sandbox.Working, "state.json.new"), "{\"ide");

        await _sandbox.RunAsync();

        AssertComplete();
    }

    public void Dispose() => _sandbox.Dispose();

    private bool HasCommit() => System.IO.Directory.GetFiles(Path.Combine(_sandbox.Working, "target"), "segments_*").Length > 0;

    private sealed class WhenMerging(Action action) : IProgress<ReindexProgress>
    {
        public void Report(ReindexProgress value)
        {
            if (value.Phase == ReindexPhase.Merging) action();
        }
    }

    private void AddWords()
    {
        string[] bodies = [.. Enumerable.Range(0, Documents).Select(i => $"word{i} common")];
        _sandbox.AddSegments(bodies[..30], bodies[30..50], bodies[50..]);
    }

    private Task<ReindexPlan> PlanAsync() => new SpladeReindexer(
        _sandbox.Encoder, _sandbox.Options with { SampleTexts = 0 })
        .PlanAsync(_sandbox.Source, _sandbox.Target, [Sandbox.Body]);

    // Fails at the text of document 40, with a batch of its own.
    private async Task<ReindexDocumentException> FailAtAsync(int document)
    {
        _sandbox.Encoder.BadText = $"word{document} common";
        ReindexPlan plan = await PlanAsync();
        ReindexOptions one = _sandbox.Options with { BatchTokens = 1 };
        var reindexer = new SpladeReindexer(_sandbox.Encoder, one);
        var problem = await Assert.ThrowsAsync<ReindexDocumentException>(() => reindexer.RunAsync(plan));
        _sandbox.Encoder.BadText = null;
        return problem;
    }

    private string Copy(string name)
    {
        string copy = _sandbox.In(name);
        foreach (string file in System.IO.Directory.GetFiles(_sandbox.Working, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(_sandbox.Working, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            try
            {
                if (Path.GetFileName(file) != "lock") CopyShared(file, to);
            }
            catch (IOException)
            {
                // It was removed meanwhile, as it might have been when a process was killed.
            }
        }

        return copy;
    }

    private static void CopyShared(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using FileStream target = File.Create(to);
        source.CopyTo(target);
    }

    private void AssertComplete()
    {
        Assert.False(System.IO.Directory.Exists(_sandbox.Working));
        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(Documents, target.MaxDoc);
        Assert.Equal(3, target.Leaves.Count);
        for (int i = 0; i < Documents; i++) Assert.Equal(i, OnlyHit(target, $"word{i}"));
    }

    private int OnlyHit(DirectoryReader target, string query)
    {
        var searcher = new IndexSearcher(target);
        TopDocs hits = searcher.Search(
            SpladeQuery.Create(target, Sandbox.Body.TargetField, query, _sandbox.Encoder), 10);
        return Assert.Single(hits.ScoreDocs).Doc;
    }
}
