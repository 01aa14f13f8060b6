using Lucene.Net.Store;
using SpladeLucene.Indexing;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Running;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using SpladeLucene.Reindexing.Tests.Support;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>What the caller throws when it is told how far a run has come is what comes out of the run.</summary>
public sealed class CallersProgressTests : IDisposable
{
    private const int Documents = 300, NoSpaceLeft = 28, NoSpaceLeftOnWindows = 0x70;

    private readonly Sandbox _sandbox = new();

    public CallersProgressTests() => _sandbox.AddSegments([.. Enumerable.Repeat("dog", Documents)]);

    // Of a segment of before Lucene 4.8 every exception else says that it is damaged.
    [Fact]
    public void Add_ThrownWhileMergingASegmentWithoutChecksums_IsNoDamage()
    {
        using (var directory = new SimpleFSDirectory(_sandbox.Source)) IndexFile.Rewrite(directory, ".si", 31, (byte)'7', checksum: true);
        var own = new InvalidOperationException("The caller's own.");

        Assert.Same(own, Assert.Throws<InvalidOperationException>(() => Assemble(new Throwing(own))));
    }

    [Fact]
    public async Task RunAsync_ThrownOfAFullDisk_SpeaksOfNoOther()
    {
        int code = OperatingSystem.IsWindows() ? unchecked((int)0x80070000) | NoSpaceLeftOnWindows : NoSpaceLeft;

        await AssertComesOutAsync(new IOException("No space for the caller's own log.", code));
    }

    [Theory]
    [InlineData(ReindexPhase.Encoding)]
    [InlineData(ReindexPhase.Merging)]
    public async Task RunAsync_ThrownAsACancellation_IsTheCallersOwn(ReindexPhase phase) =>
        await AssertComesOutAsync(new TaskCanceledException("The dashboard timed out."), phase);

    public void Dispose() => _sandbox.Dispose();

    private async Task AssertComesOutAsync(Exception own, ReindexPhase phase = ReindexPhase.Merging)
    {
        ReindexPlan plan = await _sandbox.PlanAsync();

        Assert.Same(own, await Record.ExceptionAsync(() => _sandbox.Reindexer.RunAsync(plan, new Throwing(own) { In = phase })));
    }

    private void Assemble(IProgress<ReindexProgress> progress)
    {
        ReindexMapping[] mappings = [Sandbox.Body];
        ReindexOptions options = _sandbox.Options;
        CheckpointIdentity identity = CheckpointIdentity.Of(_sandbox.Encoder, options, mappings);
        using SourceIndex source = SourceIndex.Open(_sandbox.Source);
        using CarryPlan plan = CarryPlan.Of(source, _sandbox.Target, mark: null, options);
        using WorkingFolder folder = WorkingFolder.Open(_sandbox.Working, identity);
        using TargetBuilder builder = TargetBuilder.Open(
            folder.Target, identity, plan.WorkFor(options), options.CommitInterval, CancellationToken.None);
        using VectorLog log = VectorLog.Open(folder.Log, identity.VectorIdentity, spans: false, Documents);
        using var assembler = new SegmentAssembler(
            plan, folder, builder, mappings, options, new ImpactTokens(_sandbox.Encoder.Fingerprint, options.Format),
            log.NewReader(), new ProgressTracker(progress, _sandbox.Encoder, Documents));
        // No document has a text.
        using var order = new OrderHash();
        for (int i = 0; i < Documents; i++) order.Add(default);
        assembler.Add(new SegmentPart(0, new long[Documents], order.Finish(), new SegmentTexts([], [], [0])), default);
    }

    private sealed class Throwing(Exception own) : IProgress<ReindexProgress>
    {
        /// <summary>Where it throws; null for everywhere.</summary>
        public ReindexPhase? In { get; init; }

        public void Report(ReindexProgress value)
        {
            if (In is null || value.Phase == In) throw own;
        }
    }
}
