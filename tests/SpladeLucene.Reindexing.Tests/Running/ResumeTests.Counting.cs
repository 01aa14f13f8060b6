using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed partial class ResumeTests
{
    // Every segment is committed, so that the earlier run's are not read again.
    [Fact]
    public async Task RunAsync_AfterSegmentsWereCommitted_CountsTheWholeMigration()
    {
        _sandbox.Options = _sandbox.Options with { CommitInterval = TimeSpan.Zero, SkipMissingText = true };
        string?[] bodies = [.. Enumerable.Range(0, Documents).Select(i => i % 10 == 9 ? null : $"word{i} common")];
        _sandbox.AddSegments(bodies[..30], bodies[30..50], bodies[50..]);
        // It doesn't fail before a segment is in.
        _sandbox.Encoder.BeforeBatch = encoded => Assert.True(encoded < 50 || SpinWait.SpinUntil(HasCommit, TimeSpan.FromMinutes(1)));
        await FailAtAsync(58);
        _sandbox.Encoder.BeforeBatch = null;

        var told = new List<ReindexProgress>();
        ReindexPlan plan = await PlanAsync();
        _sandbox.Encoder.Forget();
        ReindexResult result = await _sandbox.Reindexer.RunAsync(plan, new Collector<ReindexProgress>(told));

        Assert.Equal(ReindexStart.Resume, result.Start);
        Assert.True(told.Any(one => one.Phase == ReindexPhase.Encoding && one.Merged >= 30), "No segment was committed.");
        Assert.Equal(_sandbox.Encoder.Texts.Count, result.Encoded);
        Assert.InRange(result.Encoded, 1, 20);
        Assert.Equal((Documents - 6, 6), (result.Encoded + result.Reused, result.WithoutText));
        Assert.Equal((Documents, 3), (result.Documents, result.Segments));
    }

    [Fact]
    public async Task RunAsync_CatchingUpAfterSegmentsWereCommitted_CountsTheWholeMigration()
    {
        _sandbox.Options = _sandbox.Options with { CommitInterval = TimeSpan.Zero, SkipMissingText = true };
        _sandbox.AddSegments(["dog", "cat", null]);
        await _sandbox.RunAsync();
        _sandbox.Encoder.Forget();
        string?[] bodies = [.. Enumerable.Range(0, 30).Select(i => i % 10 == 9 ? null : $"word{i} common")];
        _sandbox.AddSegments(bodies[..20], bodies[20..]);
        _sandbox.Encoder.BeforeBatch = encoded => Assert.True(encoded < 23 || SpinWait.SpinUntil(HasCommit, TimeSpan.FromMinutes(1)));
        await FailAtAsync(28);
        Assert.True(HasCommit());
        _sandbox.Encoder.BeforeBatch = null;

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((ReindexStart.CatchUp, 1), (result.Start, result.CarriedSegments));
        Assert.Equal((33, 2 + 27, 1 + 3), (result.Documents, result.Encoded + result.Reused, result.WithoutText));
    }

    [Fact]
    public async Task PlanAsync_EverythingIsInTheLog_SaysWhatIsNeeded()
    {
        AddWords();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _sandbox.Reindexer.RunAsync(
            await PlanAsync(), new WhenMerging(stop.Cancel), stop.Token));

        ReindexPlan plan = await PlanAsync();

        Assert.Equal(0, plan.Texts[0].ToEncode);
        Assert.NotNull(plan.EstimatedTime);
        Assert.InRange(plan.EstimatedTargetBytes!.Value, plan.SourceBytes, plan.EstimatedWorkingBytes!.Value);
    }

    [Fact]
    public async Task PlanAsync_AfterAnEndedRun_CountsWhatIsLeft()
    {
        AddWords();
        await FailAtAsync(40);

        ReindexPlan plan = await _sandbox.PlanAsync();

        Assert.InRange(plan.Texts[0].ToEncode, 20, 20 + (3 * 12));
        Assert.Equal(Documents, plan.Texts[0].Documents);
    }
}
