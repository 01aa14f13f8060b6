using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Host;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>A source that is in use and changes is brought over again, at the price of what changed.</summary>
public sealed class CatchUpTests : IDisposable
{
    private static readonly LegacyShape Shape = new(120, 4, Deletions.Some);

    private readonly TemporaryFolder _folder = new();

    private string Log => _folder.PathOf("encoded.log");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RunAsync_SourceChanged_EncodesOnlyNewTexts(int seed)
    {
        LegacyIndex.Write(_folder.Source, Shape with { Seed = seed });
        await MigrateAsync();
        HashSet<string> before = Texts();
        SourceChange.Apply(_folder.Source, Shape, new Random(seed));

        ReindexResult result = await MigrateAsync();

        Assert.Equal(ReindexStart.CatchUp, result.Start);
        Assert.Equal(Texts().Except(before).Order(), Encoded().Order());
        new Lossless(_folder.Source, _folder.Target, Migration.Body) { CaughtUp = true }.Assert(_folder.PathOf("copy"));
    }

    [Fact]
    public async Task RunAsync_SourceMergedByItsWriter_EncodesNothing()
    {
        LegacyIndex.Write(_folder.Source, Shape);
        await MigrateAsync();
        using (FSDirectory directory = FSDirectory.Open(_folder.Source))
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
            writer.ForceMerge(1);

        await MigrateAsync();

        Assert.Empty(Encoded());
        new Lossless(_folder.Source, _folder.Target, Migration.Body) { CaughtUp = true }.Assert(_folder.PathOf("copy"));
    }

    [Fact]
    public async Task RunAsync_NothingChanged_LeavesTheTargetAsItIs()
    {
        LegacyIndex.Write(_folder.Source, Shape);
        await MigrateAsync();
        string before = TemporaryFolder.Checksum(_folder.Target);

        ReindexResult result = await MigrateAsync();

        Assert.Equal(ReindexStart.UpToDate, result.Start);
        Assert.Empty(Encoded());
        Assert.Equal(before, TemporaryFolder.Checksum(_folder.Target));
    }

    [Fact]
    public async Task RunAsync_ReaderOfTheTarget_SeesTheOldIndexOrTheNew()
    {
        LegacyIndex.Write(_folder.Source, Shape);
        await MigrateAsync();
        using FSDirectory directory = FSDirectory.Open(_folder.Target);
        using DirectoryReader old = DirectoryReader.Open(directory);
        string[] facts = [.. DocumentListing.Of(old, []).Select(fact => fact.ToString())];
        SourceChange.Apply(_folder.Source, Shape, new Random(1));

        await MigrateAsync();

        Assert.Equal(facts, DocumentListing.Of(old, []).Select(fact => fact.ToString()));
        using DirectoryReader reopened = DirectoryReader.OpenIfChanged(old);
        using DirectoryReader fresh = DirectoryReader.Open(directory);
        Difference.None(IndexComparer.FirstDifference(fresh, reopened));
    }

    [Fact]
    public async Task RunAsync_SourceChangesMeanwhile_CatchesUpAfterwards()
    {
        LegacyIndex.Write(_folder.Source, Shape);
        using var encoder = new RecordingEncoder(Log, TimeSpan.FromMilliseconds(1));
        var reindexer = new SpladeReindexer(encoder, Migration.SmallBatches);
        ReindexPlan plan = await reindexer.PlanAsync(_folder.Source, _folder.Target, [Migration.Body]);
        var random = new Random(1);

        Task<ReindexResult> running = reindexer.RunAsync(plan);
        while (!running.IsCompleted) SourceChange.Apply(_folder.Source, Shape, random);
        ReindexResult result = await running;
        await MigrateAsync();

        Assert.Equal(ReindexStart.New, result.Start);
        new Lossless(_folder.Source, _folder.Target, Migration.Body) { CaughtUp = true }.Assert(_folder.PathOf("copy"));
    }

    [Fact]
    public async Task RunAsync_WriterHasTheSourceOpen_MigratesItsLastCommit()
    {
        LegacyIndex.Write(_folder.Source, Shape);
        using FSDirectory directory = FSDirectory.Open(_folder.Source);
        using var writer = new IndexWriter(directory, TestIndex.Config());
        writer.AddDocument(new Document { new TextField(LegacyFields.Body, "not committed", Field.Store.YES) });

        var reindexer = new SpladeReindexer(new WordEncoder(), Migration.SmallBatches);
        await reindexer.RunAsync(await reindexer.PlanAsync(_folder.Source, _folder.Target, [Migration.Body]));

        writer.Rollback();
        new Lossless(_folder.Source, _folder.Target, Migration.Body) { CaughtUp = true }.Assert(_folder.PathOf("copy"));
    }

    private async Task<ReindexResult> MigrateAsync()
    {
        File.Delete(Log);
        using var encoder = new RecordingEncoder(Log, TimeSpan.Zero);
        return await Migration.RunAsync(_folder.Source, _folder.Target, [Migration.Body], encoder: encoder);
    }

    private IEnumerable<string> Encoded() => RecordingEncoder.Read(Log).SelectMany(call => call);

    private HashSet<string> Texts()
    {
        using FSDirectory directory = FSDirectory.Open(_folder.Source);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        return [.. SpladeListing.TextsOf(reader, Migration.Body).OfType<string>().Select(RecordingEncoder.HashOf)];
    }
}
