using Lucene.Net.Index;
using SpladeLucene.Reindexing.Running;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Texts that come from the caller, encoders that give up, indexes that are out of the ordinary.</summary>
public sealed class HardSourceTests : IDisposable
{
    private static readonly ReindexOptions Skip = new() { SkipMissingText = true };

    private readonly Sandbox _sandbox = new() { Options = Skip };

    [Fact]
    public async Task RunAsync_TextsAreSuppliedOnlyNow_AreEncoded()
    {
        _sandbox.AddSegments(["dog", null], ["cat"]);
        Assert.Equal(1, (await _sandbox.RunAsync()).WithoutText);
        _sandbox.Options = Skip with { TextOf = _ => "bird" };

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((ReindexStart.CatchUp, 0), (result.Start, result.WithoutText));
        Assert.Equal(["bird"], _sandbox.Encoder.Texts);
        Assert.Equal(ReindexStart.UpToDate, (await _sandbox.RunAsync()).Start);
    }

    [Fact]
    public async Task RunAsync_ResumedWithTextsSupplied_EncodesThemInTheSegmentsThatWereDone()
    {
        _sandbox.AddSegments(["dog", null], ["cat"]);
        ReindexPlan plan = await _sandbox.PlanAsync();
        // Complete but for its publication.
        _sandbox.Encoder.BeforeBatch = _ => File.WriteAllText(_sandbox.Target, "in the way");
        await Assert.ThrowsAsync<ReindexRefusedException>(() => _sandbox.Reindexer.RunAsync(plan));
        _sandbox.Encoder.BeforeBatch = null;
        File.Delete(_sandbox.Target);
        _sandbox.Options = Skip with { TextOf = _ => "bird" };

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((ReindexStart.Resume, 0), (result.Start, result.WithoutText));
        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(1, target.DocFreq(new Term(Sandbox.Body.TargetField, "bird")));
    }

    [Fact]
    public async Task RunAsync_EncoderGivesUpByItself_IsNoCancellation()
    {
        _sandbox.AddSegments(["dog"]);
        ReindexPlan plan = await _sandbox.PlanAsync();
        _sandbox.Encoder.BeforeBatch = _ => throw new TaskCanceledException("The request timed out.");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _sandbox.Reindexer.RunAsync(plan));
    }

    [Fact]
    public async Task RunAsync_EncoderReturnsMoreVectorsThanTexts_AttachesNone()
    {
        _sandbox.AddSegments(["dog"]);
        ReindexPlan plan = await _sandbox.PlanAsync();
        _sandbox.Encoder.Extra = 1;

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => _sandbox.Reindexer.RunAsync(plan));

        Assert.Equal("The encoder was given 1 texts and returned 2 vectors.", problem.Message);
    }

    [Fact]
    public void IsMount_RootAndAnOrdinaryFolder_TellsThemApart()
    {
        _sandbox.AddSegments(["dog"]);

        Assert.True(IndexFolder.IsMount(Path.GetPathRoot(_sandbox.Source)!));
        Assert.False(IndexFolder.IsMount(_sandbox.Source));
    }

    [Fact]
    public async Task PlanAsync_SupplyingATextFails_NamesTheDocument()
    {
        _sandbox.AddSegments(["dog", null]);
        _sandbox.Options = Skip with { TextOf = _ => throw new InvalidOperationException("no connection") };

        ReindexPlan plan = await _sandbox.PlanAsync();

        string problem = Assert.Single(plan.Problems).Text;
        Assert.StartsWith("Document 1 of segment _0 ", problem, StringComparison.Ordinal);
        Assert.EndsWith("no connection", problem, StringComparison.Ordinal);
    }

    // Such as an HttpClient's time limit.
    [Fact]
    public async Task RunAsync_SupplyingATextGivesUpByItself_NamesTheDocument()
    {
        _sandbox.AddSegments(["dog", null]);
        Func<string> supply = () => "bird";
        _sandbox.Options = Skip with { TextOf = _ => supply() };
        ReindexPlan plan = await _sandbox.PlanAsync();
        supply = () => throw new TaskCanceledException("The request timed out.");

        string planned = Assert.Single((await _sandbox.PlanAsync()).Problems).Text;
        var problem = await Assert.ThrowsAsync<ReindexDocumentException>(() => _sandbox.Reindexer.RunAsync(plan));

        Assert.Equal("Document 1 of segment _0 has no stored text, and supplying one failed: The request timed out.", problem.Message);
        Assert.Equal(problem.Message, planned);
    }

    [Fact]
    public async Task RunAsync_SupplyingATextIsCancelledWithTheRun_IsACancellation()
    {
        _sandbox.AddSegments(["dog", null]);
        using var stop = new CancellationTokenSource();
        Action supplying = () => { };
        _sandbox.Options = Skip with { TextOf = _ => Supply(supplying) };
        ReindexPlan plan = await _sandbox.PlanAsync();
        supplying = () =>
        {
            stop.Cancel();
            throw new TaskCanceledException();
        };

        var end = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _sandbox.Reindexer.RunAsync(plan, cancellationToken: stop.Token));

        Assert.Equal(stop.Token, end.CancellationToken);
    }

    [Fact]
    public void OfDocValues_SeveralTypesInAField_Refuses() => Assert.Equal(
        ["The field 'n' of the source '/x' has doc values of several types (NUMERIC, BINARY), which Lucene 4.8 writes into "
            + "no index."],
        SourceChecks.OfDocValues("/x",
        [
            ("n", DocValuesType.NUMERIC), ("m", DocValuesType.SORTED), ("n", DocValuesType.NONE), ("n", DocValuesType.BINARY),
            ("m", DocValuesType.SORTED),
        ]));

    [Theory]
    [InlineData(0, 5, 8192)]
    [InlineData(1_000_000L * 60, 1_000_000, 8192)]
    [InlineData(1_000_000L * 2048, 1_000_000, 512)]
    [InlineData(1_000L * 2_000_000, 1_000, 64)]
    public void WindowOf_ManyPostings_HoldsFewDocuments(long postings, int documents, int expected) =>
        Assert.Equal(expected, TargetVectors.WindowOf(postings, documents));

    public void Dispose() => _sandbox.Dispose();

    private static string Supply(Action supplying)
    {
        supplying();
        return "bird";
    }
}
