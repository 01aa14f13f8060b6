using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Reindexing.Tests.Killing;

/// <summary>
/// The life of an index whose migration is killed: migrated, changed, brought up to date, changed again, until it was
/// killed as often as asked for; then once more to the end.
/// </summary>
internal sealed class KilledLife(TestFolder folder, LegacyShape shape, int kills)
{
    private const int ChangedAtATime = 60;

    private readonly Random _random = new(shape.Seed);
    private readonly HashSet<string> _encoded = [];
    private int _changes;

    public int Killed { get; private set; }

    private string Log => folder.PathOf("encoded.log");

    public void MigrateWhileKilled()
    {
        LegacyIndex.Write(folder.Source, shape);
        var moments = new KillMoments(folder.Target, Longest, _random);
        while (Killed < kills)
        {
            if (!RunOnce(moments.Next())) continue;
            RememberTarget();
            ChangeSource();
        }

        Assert.True(RunOnce(_ => false));
    }

    public void AssertSameAsUndisturbed()
    {
        string undisturbed = folder.PathOf("undisturbed");
        Assert.Equal(0, new HostProcess(folder.Source, undisturbed, folder.PathOf("undisturbed.log")).Run());
        using FSDirectory one = FSDirectory.Open(undisturbed), other = FSDirectory.Open(folder.Target);
        using DirectoryReader expected = DirectoryReader.Open(one), actual = DirectoryReader.Open(other);
        Assert.Null(IndexComparer.FirstDifference(expected, actual));
        Assert.Null(IndexComparer.FirstDifferenceInStatistics(expected, actual));
        Assert.Equal(expected.IndexCommit.UserData.Keys.Order(), actual.IndexCommit.UserData.Keys.Order());
        Assert.Null(IndexComparer.FirstDifferenceInUserData(expected, actual));
        new Lossless(folder.Source, folder.Target, Migration.Body).Assert(folder.PathOf("copy"));
    }

    // About half of the kills fall into the first migration.
    private TimeSpan Longest => TimeSpan.FromMilliseconds(2.0 * shape.Documents) / Math.Max(1, kills / 4);

    // Whether it came to its end.
    private bool RunOnce(Predicate<TimeSpan> isTime)
    {
        File.Delete(Log);
        string before = TestFolder.Checksum(folder.Source);
        var host = new HostProcess(folder.Source, folder.Target, Log);
        int? exitCode = host.RunUntil(isTime);
        Assert.Equal("", host.Errors);
        Assert.Equal(before, TestFolder.Checksum(folder.Source));
        if (exitCode is null) Killed++;
        else Assert.Equal(0, exitCode);
        AssertNothingEncodedTwice(RecordingEncoder.Read(Log));
        AssertTargetIsWholeOrMissing();
        return exitCode is not null;
    }

    // The last call of a run may be lost with it.
    private void AssertNothingEncodedTwice(string[][] calls)
    {
        string[] again = [.. calls.SelectMany(call => call).Where(_encoded.Contains)];
        Assert.True(again.Length == 0, $"After kill {Killed} {again.Length} texts are encoded again.");
        foreach (string[] call in calls.SkipLast(1)) _encoded.UnionWith(call);
    }

    private void AssertTargetIsWholeOrMissing()
    {
        if (!System.IO.Directory.Exists(folder.Target)) return;
        using FSDirectory directory = FSDirectory.Open(folder.Target);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        Assert.True(reader.NumDocs >= shape.Documents / 2, "A part of the target can be seen.");
    }

    // Only what the complete target holds need not be encoded for the next one.
    private void RememberTarget()
    {
        using FSDirectory directory = FSDirectory.Open(folder.Source);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        _encoded.Clear();
        _encoded.UnionWith(SpladeListing.TextsOf(reader, Migration.Body).OfType<string>().Select(RecordingEncoder.HashOf));
    }

    // Documents come, go, and change their text; some change everything else.
    private void ChangeSource()
    {
        _changes++;
        List<Document> fresh = LegacyDocuments.Of(shape with { Documents = ChangedAtATime, Segments = 1, Seed = 1000 + _changes });
        using FSDirectory directory = FSDirectory.Open(folder.Source);
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using var writer = new IndexWriter(directory, config);
        foreach ((int number, Document document) in fresh.Index())
        {
            string id = LegacyIndex.IdOf(_random.Next(shape.Documents));
            document.Fields[0] = new StringField(LegacyFields.Id, number % 3 == 0 ? $"new{_changes}_{number}" : id, Field.Store.YES);
            writer.UpdateDocument(new Term(LegacyFields.Id, id), document);
        }
    }
}
