using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>The disk is full at some byte of indexing: what was committed is whole, and the rest can be added.</summary>
public sealed class FullDiskTests
{
    private const string Field = "splade";
    private const int Batches = 6, InABatch = 8;

    public static TheoryData<int> Points => [.. Enumerable.Range(0, TestSettings.Disks)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task AddAsync_DiskFull_KeepsWhatWasCommittedAndGoesOn(int point)
    {
        using var undisturbed = new RAMDirectory();
        var measure = new FilledDirectory(undisturbed, long.MaxValue);
        await IndexAsync(measure);
        long written = long.MaxValue - measure.Left;
        using var disk = new RAMDirectory();

        var problem = await Assert.ThrowsAnyAsync<IOException>(() => IndexAsync(new FilledDirectory(disk, written * point / TestSettings.Disks)));

        Assert.Contains("No space", problem.Message, StringComparison.Ordinal);
        if (DirectoryReader.IndexExists(disk))
        {
            AssertClean(disk);
            using DirectoryReader committed = DirectoryReader.Open(disk);
            Assert.Equal(0, committed.NumDocs % InABatch);
        }

        await IndexAsync(disk);
        AssertClean(disk);
        Assert.Equal(Listing(undisturbed), Listing(disk));
    }

    // Goes on behind what is committed, as an application does.
    private static async Task IndexAsync(Lucene.Net.Store.Directory directory)
    {
        IndexWriterConfig config = TestIndex.Config();
        // In this thread, where what fails is caught.
        config.MergeScheduler = new SerialMergeScheduler();
        var writer = new IndexWriter(directory, config);
        try
        {
            var indexer = new SpladeIndexer(writer, new WordEncoder(), Field, new SpladeIndexerOptions { BatchSize = 3 });
            for (int next = writer.NumDocs; next < Batches * InABatch; next += InABatch)
            {
                await indexer.AddAsync(Enumerable.Range(next, InABatch).Select(DocumentOf));
                writer.Commit();
                if (next == 3 * InABatch) writer.ForceMerge(1);
            }

            writer.Dispose();
        }
        catch
        {
            writer.Rollback();
            throw;
        }
    }

    private static SpladeDocument DocumentOf(int number) =>
        new(TestIndex.Document(new StringField("id", $"{number}", Lucene.Net.Documents.Field.Store.YES)), $"document number{number} w{number % 7}");

    private static void AssertClean(Lucene.Net.Store.Directory directory)
    {
        using var text = new StringWriter();
        Assert.True(new CheckIndex(directory) { InfoStream = text }.DoCheckIndex().Clean, text.ToString());
    }

    // Each document's id and the score that its own words give it.
    private static string[] Listing(Lucene.Net.Store.Directory directory)
    {
        using DirectoryReader reader = DirectoryReader.Open(directory);
        var searcher = new SpladeSearcher(reader, new SpladeSearcherOptions { Impacts = new ImpactCache() });
        return [.. Enumerable.Range(0, Batches * InABatch).Select(number =>
        {
            SpladeTopDocs hits = (SpladeTopDocs)searcher.Search(new SpladeQuery(Field, new WordEncoder().Encode($"number{number}")), 2);
            return $"{reader.NumDocs} {searcher.Doc(hits.ScoreDocs[0].Doc).Get("id")} {hits.ScoreDocs[0].Score:r} {hits.ScoreDocs.Length}";
        })];
    }
}
