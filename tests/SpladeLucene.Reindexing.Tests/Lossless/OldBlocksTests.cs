using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// Blocks of terms of before Lucene 4.8 have no checksum. Found by fuzzing an index of Lucene 4.2: where one names itself as the
/// block below, Lucene goes down for ever, and hands nothing out by which it could be stopped.
/// </summary>
public sealed class OldBlocksTests : IDisposable
{
    // More than a block takes, and all but one with one beginning: there is a block below the first.
    private const int Terms = 70;

    private static readonly ReindexMapping Body = new("body", "splade");

    private readonly TemporaryFolder _folder = new();

    public OldBlocksTests()
    {
        using var directory = new SimpleFSDirectory(_folder.Source);
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48)) { UseCompoundFile = false };
        using (var writer = new IndexWriter(directory, config))
        {
            string text = "b " + string.Join(' ', Enumerable.Range(100, Terms).Select(number => $"a{number}"));
            writer.AddDocument([new TextField("body", text, Field.Store.YES)]);
        }

        // As an older version would have written it.
        IndexFile.Rewrite(directory, ".si", 31, (byte)'7', checksum: true);
        IndexFile.Rewrite(directory, ".tim", 29, 2, checksum: false);
        IndexFile.Rewrite(directory, ".tip", 30, 2, checksum: false);
    }

    [Fact]
    public async Task RunAsync_BlocksAsTheyWereWritten_LosesNothing()
    {
        ReindexResult result = await Reindexer().RunAsync(await PlanAsync());

        Assert.Equal(1, result.Documents);
        new Lossless(_folder.Source, _folder.Target, Body).Assert(_folder.PathOf("copy"));
    }

    // How far below the first block the other one begins, and how many terms there are.
    [Theory]
    [InlineData(313, "its blocks of terms lead back to one another")]
    [InlineData(656, "the field 'body' hasn't the 0 terms that it says")]
    public async Task PlanAsync_ZeroInItsBlocks_IsRefusedByTheSegment(int place, string reason)
    {
        string file = System.IO.Directory.GetFiles(_folder.Source, "*.tim").Single();
        byte[] content = await File.ReadAllBytesAsync(file);
        content[place] = 0;
        await File.WriteAllBytesAsync(file, content);

        ReindexProblem problem = Assert.Single((await PlanAsync()).Problems);

        Assert.Equal(ReindexProblemKind.Damaged, problem.Kind);
        Assert.StartsWith($"Segment _0 of the source '{_folder.Source}' is damaged: {reason}. ", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BlockThatIsBelowItselfSinceThePlan_EndsAtTheMerge()
    {
        ReindexPlan plan = await PlanAsync();
        string file = System.IO.Directory.GetFiles(_folder.Source, "*.tim").Single();
        byte[] content = await File.ReadAllBytesAsync(file);
        content[313] = 0;
        await File.WriteAllBytesAsync(file, content);

        var failure = await Assert.ThrowsAsync<IOException>(() => Reindexer().RunAsync(plan));

        Assert.StartsWith("Segment _0 of the source is damaged: its blocks of terms lead back to one another", failure.Message, StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(_folder.Target));
    }

    public void Dispose() => _folder.Dispose();

    private static SpladeReindexer Reindexer() => new(new WordEncoder());

    private Task<ReindexPlan> PlanAsync() => Reindexer().PlanAsync(_folder.Source, _folder.Target, [Body]);
}
