using Lucene.Net.Index;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Segments that haven't changed stay, and the target is still as if it had been made anew.</summary>
public sealed partial class CarryTests : IDisposable
{
    private const int InASegment = 30;

    private readonly Sandbox _sandbox = new();

    public CarryTests() => _sandbox.AddSegments([.. Enumerable.Range(0, 4).Select(segment =>
        Enumerable.Range(0, InASegment).Select(i => $"dog number w{segment} v{i}").ToArray())]);

    [Fact]
    public async Task RunAsync_AFewDocumentsChanged_LeavesTheFilesOfAllSegments()
    {
        await _sandbox.RunAsync();
        Dictionary<string, DateTime> before = Files();
        Update(3, 40, 77);

        ReindexPlan plan = await _sandbox.PlanAsync();
        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal([true, true, true, true, false], plan.Segments.Select(segment => segment.IsCarried));
        Assert.Equal((4, 5, 3), (result.CarriedSegments, result.Segments, result.Encoded));
        Assert.Equal(4 * InASegment, result.Encoded + result.Reused);
        Assert.Contains(plan.Notices, notice => notice.StartsWith("4 segments with 117 documents", StringComparison.Ordinal));
        Dictionary<string, DateTime> after = Files();
        Assert.All(before.Where(file => file.Key.StartsWith('_')), file => Assert.Equal(file.Value, after[file.Key]));
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task RunAsync_OnlyDeletions_WritesNoSegment()
    {
        await _sandbox.RunAsync();
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "5"), new Term("id", "119")));

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((4, 4, 0, 118), (result.CarriedSegments, result.Segments, result.Encoded, result.Reused));
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task RunAsync_SegmentWhoseLastDocumentsWereMarked_CanBeWrittenAnew()
    {
        await _sandbox.RunAsync();
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "29"), new Term("id", "28")));
        await _sandbox.RunAsync();
        Merge(first: 0, count: 2);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((2, 0), (result.CarriedSegments, result.Encoded));
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task RunAsync_SegmentsBeforeOthersWereMerged_KeepsTheOrderOfTheSource()
    {
        await _sandbox.RunAsync();
        Merge(first: 0, count: 2);

        ReindexPlan plan = await _sandbox.PlanAsync();
        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal([false, true, true], plan.Segments.Select(segment => segment.IsCarried));
        Assert.Equal((2, 0), (result.CarriedSegments, result.Encoded));
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task RunAsync_ManyTimes_StaysAsIfMadeAnew()
    {
        await _sandbox.RunAsync();
        var random = new Random(3);
        for (int round = 0; round < 8; round++)
        {
            Update(random.Next(4 * InASegment), random.Next(4 * InASegment));
            if (round % 3 == 2) Merge(random.Next(3), 2);
            await _sandbox.RunAsync();
            await AssertAsAnewAsync();
        }
    }

    [Fact]
    public async Task RunAsync_MoreDeletedThanMayBe_WritesThatSegmentAnew()
    {
        _sandbox.Options = new ReindexOptions { MaxDeletedShare = 0 };
        await _sandbox.RunAsync();
        Update(3);

        ReindexPlan plan = await _sandbox.PlanAsync();
        await _sandbox.RunAsync();

        Assert.Equal([false, true, true, true, false], plan.Segments.Select(segment => segment.IsCarried));
        using DirectoryReader target = _sandbox.Open();
        Assert.False(target.HasDeletions);
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task RunAsync_SourceCopiedElsewhere_IsKnownByItsChecksums()
    {
        await _sandbox.RunAsync();
        foreach (string file in System.IO.Directory.GetFiles(_sandbox.Source)) File.SetLastWriteTimeUtc(file, DateTime.UtcNow);

        ReindexResult result = await _sandbox.RunAsync();

        Assert.Equal((ReindexStart.CatchUp, 4), (result.Start, result.CarriedSegments));
        await AssertAsAnewAsync();
    }

    [Fact]
    public async Task PlanAsync_TextsMissingInWhatStays_IsRefusedAsEver()
    {
        _sandbox.Options = new ReindexOptions { SkipMissingText = true };
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("none", null)));
        _sandbox.Write(writer => writer.DeleteDocuments(new Term("id", "0")));
        await _sandbox.RunAsync();
        Update(3);
        _sandbox.Options = new ReindexOptions();

        ReindexPlan plan = await _sandbox.PlanAsync();

        Assert.Contains("1 of 120 documents have no stored text for body -> body_splade, the first being document 0 of "
            + "segment _4.", Assert.Single(plan.Problems).Text, StringComparison.Ordinal);
    }

    public void Dispose() => _sandbox.Dispose();

    private void Update(params int[] ids) => _sandbox.Write(writer =>
    {
        foreach (int id in ids) writer.UpdateDocument(new Term("id", $"{id}"), Sandbox.Document($"{id}", $"fish {id}"));
    });

    private void Merge(int first, int count)
    {
        using var directory = Lucene.Net.Store.FSDirectory.Open(_sandbox.Source);
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = new MergeOnce(first, count);
        config.MergeScheduler = new SerialMergeScheduler();
        using var writer = new IndexWriter(directory, config);
        writer.ForceMerge(1);
    }

    private Dictionary<string, DateTime> Files() => System.IO.Directory.GetFiles(_sandbox.Target)
        .ToDictionary(file => Path.GetFileName(file), File.GetLastWriteTimeUtc);

    private async Task AssertAsAnewAsync()
    {
        string anew = _sandbox.In(Guid.NewGuid().ToString());
        ReindexPlan plan = await _sandbox.Reindexer.PlanAsync(_sandbox.Source, anew, [Sandbox.Body]);
        await _sandbox.Reindexer.RunAsync(plan);
        using DirectoryReader expected = _sandbox.Open(anew), found = _sandbox.Open();
        Difference.None(IndexComparer.FirstDifference(expected, found));
        using DirectoryReader clean = Expunged.BySegment(found);
        Difference.None(IndexComparer.FirstDifferenceInStatistics(expected, clean));
        Clean.Assert(_sandbox.Target);
        Assert.Equal(ReindexStart.UpToDate, (await _sandbox.PlanAsync()).Start);
    }

    /// <summary>Merges neighbours once, whatever a writer wants.</summary>
    private sealed class MergeOnce(int first, int count) : MergePolicy
    {
        private bool _done;

        public override MergeSpecification FindMerges(MergeTrigger mergeTrigger, SegmentInfos segmentInfos) => null!;

        public override MergeSpecification FindForcedMerges(
            SegmentInfos segmentInfos, int maxSegmentCount, IDictionary<SegmentCommitInfo, bool> segmentsToMerge)
        {
            if (_done || first + count > segmentInfos.Count) return null!;
            _done = true;
            var specification = new MergeSpecification();
            specification.Add(new OneMerge([.. segmentInfos.Segments.Skip(first).Take(count)]));
            return specification;
        }

        public override MergeSpecification FindForcedDeletesMerges(SegmentInfos segmentInfos) => null!;

        public override bool UseCompoundFile(SegmentInfos segments, SegmentCommitInfo newSegment) => false;

        protected override void Dispose(bool disposing)
        {
        }
    }
}
