using System.Security.Cryptography;
using Lucene.Net.Index;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed class StreamingTests : IDisposable
{
    private const int Documents = 500, BatchTokens = 20;

    // An eighth of a token a character more or less: the estimate learns.
    private const int MostTextsInABatch = 20;

    private readonly Sandbox _sandbox = new() { Options = new ReindexOptions { BatchTokens = BatchTokens } };

    [Fact]
    public async Task RunAsync_WhileTheEncoderIsBusy_ReadsTheNextBatchesAndNoMore()
    {
        _sandbox.AddSegments([.. Enumerable.Repeat<string?>(null, Documents)]);
        int read = 0;
        _sandbox.Options = _sandbox.Options with
        {
            SampleTexts = 0,
            TextOf = document => $"word{Interlocked.Increment(ref read)} {document.Number}",
        };
        ReindexPlan plan = await _sandbox.PlanAsync(new ReindexMapping([], "body_splade"));
        read = 0;
        var mostAhead = 0;
        _sandbox.Encoder.BeforeBatch = encoded =>
        {
            // The encoder holds on until the reader has gone as far ahead as it will.
            int before = -1;
            while (Volatile.Read(ref read) is int now && now != before)
            {
                before = now;
                Thread.Sleep(20);
            }

            mostAhead = Math.Max(mostAhead, before - encoded);
        };

        await _sandbox.Reindexer.RunAsync(plan);

        // The batch that is encoded, the one that waits, and the one that is read.
        Assert.InRange(mostAhead, 2, 3 * MostTextsInABatch);
        Assert.InRange(_sandbox.Encoder.LargestBatch, 1, MostTextsInABatch);
    }

    [Fact]
    public async Task RunAsync_SmallSegments_ShareBatches()
    {
        _sandbox.Options = new ReindexOptions();
        _sandbox.AddSegments([.. Enumerable.Range(0, 10).Select(i => new[] { $"word{i}" })]);

        await _sandbox.RunAsync();

        Assert.Equal(10, _sandbox.Encoder.LargestBatch);
    }

    [Fact]
    public async Task RunAsync_SourceInUseByAWriter_IsReadAndLeftAsItWas()
    {
        _sandbox.AddSegments([.. Enumerable.Range(0, 100).Select(i => $"word{i}")], ["dog"]);
        string[] before = Checksums();
        using Lucene.Net.Store.FSDirectory directory = Lucene.Net.Store.FSDirectory.Open(_sandbox.Source);
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            writer.AddDocument(Sandbox.Document("later", "later"));
            await _sandbox.RunAsync();
            writer.Rollback();
        }

        Assert.Equal(before, Checksums());
        using DirectoryReader target = _sandbox.Open();
        Assert.Equal(101, target.MaxDoc);
    }

    [Fact]
    public async Task RunAsync_Progress_CountsUpToTheEnd()
    {
        _sandbox.AddSegments([.. Enumerable.Range(0, 100).Select(i => $"word{i}")], ["dog"]);
        ReindexPlan plan = await _sandbox.PlanAsync();
        var reports = new List<ReindexProgress>();

        await _sandbox.Reindexer.RunAsync(plan, new Collector<ReindexProgress>(reports));

        Assert.Equal(
            [ReindexPhase.Collecting, ReindexPhase.Encoding, ReindexPhase.Merging, ReindexPhase.Publishing],
            reports.Select(report => report.Phase).Distinct());
        Assert.Equal(reports.OrderBy(report => report.Documents), reports);
        ReindexProgress last = reports[^1];
        Assert.Equal((101, 101, 101, 101), (last.Documents, last.Merged, last.Total, last.Encoded));
        Assert.Equal(101, last.Tokens);
        Assert.Null(last.TimeLeft);
        Assert.StartsWith("Publishing 101 of 101 (100 %)", last.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _sandbox.Dispose();

    // The lock is the writer's own.
    private string[] Checksums() => [.. System.IO.Directory.GetFiles(_sandbox.Source)
        .Where(file => Path.GetFileName(file) != "write.lock").Order()
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];
}
