using System.Text.RegularExpressions;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Host;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>
/// The life of an index whose migration is killed: while it is migrated for the first time, then, after its source
/// changed, while it is brought up to date, and so on until it was killed as often as asked for.
/// </summary>
internal sealed partial class KilledLife(TemporaryFolder folder, LegacyShape shape, int kills)
{
    // One of so many times the source has changed before a run goes on.
    private const int ChangesMeanwhile = 6;

    private readonly Random _random = new(shape.Seed);
    private readonly HashSet<string> _encoded = [];

    /// <summary>How often it was killed before the target was there for the first time.</summary>
    public int KilledAtFirst { get; private set; }

    /// <summary>How often it was killed while it caught up.</summary>
    public int KilledLater { get; private set; }

    private string Log => folder.PathOf("encoded.log");

    private int Killed => KilledAtFirst + KilledLater;

    public void MigrateWhileKilled()
    {
        LegacyIndex.Write(folder.Source, shape);
        var moments = new KillMoments(folder.Target, Log, _random);
        // With a text or two a call, that many kills take a good part of the calls.
        int mostCalls = Math.Max(4, shape.Documents / kills);
        while (Killed < kills / 2 && !RunOnce(moments.Next(mostCalls))) KilledAtFirst++;
        Assert.True(RunOnce(_ => false));
        while (Killed < kills)
        {
            RememberTarget();
            SourceChange.Apply(folder.Source, shape, _random);
            while (Killed < kills && !RunOnce(moments.Next()))
            {
                KilledLater++;
                if (_random.Next(ChangesMeanwhile) == 0) SourceChange.Apply(folder.Source, shape, _random);
            }
        }

        Assert.True(RunOnce(_ => false));
    }

    public void AssertSameAsUndisturbed()
    {
        string undisturbed = folder.PathOf("undisturbed");
        Assert.Equal(0, new HostProcess(folder.Source, undisturbed, folder.PathOf("undisturbed.log")).Run());
        using FSDirectory one = FSDirectory.Open(undisturbed), other = FSDirectory.Open(folder.Target);
        using DirectoryReader expected = DirectoryReader.Open(one), actual = DirectoryReader.Open(other);
        Difference.None(IndexComparer.FirstDifference(expected, actual));
        using DirectoryReader clean = Expunged.BySegment(actual);
        Difference.None(IndexComparer.FirstDifferenceInStatistics(expected, clean));
        Assert.Equal(UserData(expected), UserData(actual));
        new Lossless(folder.Source, folder.Target, Migration.Body) { CaughtUp = true }.Assert(folder.PathOf("copy"));
    }

    // One entry counts the commits of the target, and names what its segments were made of: a target that was brought up to
    // date has more of the first, and remembers documents that are gone since.
    private static IEnumerable<string> UserData(DirectoryReader reader) =>
        reader.IndexCommit.UserData.Select(entry => History().Replace($"{entry.Key} = {entry.Value}", "")).Order();

    [GeneratedRegex("\"(generation|origins)\":[\"0-9a-f]+", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex History();

    // Whether it came to its end.
    private bool RunOnce(Predicate<TimeSpan> isTime)
    {
        File.Delete(Log);
        string before = TemporaryFolder.Checksum(folder.Source);
        var host = new HostProcess(folder.Source, folder.Target, Log);
        int? exitCode = host.RunUntil(isTime);
        Assert.Equal("", host.Errors);
        Assert.Equal(before, TemporaryFolder.Checksum(folder.Source));
        AssertNothingEncodedTwice(RecordingEncoder.Read(Log));
        AssertTargetIsWholeOrMissing();
        if (exitCode is null) return false;
        Assert.Equal(0, exitCode);
        return true;
    }

    // The last batch of a run may be lost with it: the call that runs, and the one before whose vectors are being written.
    private void AssertNothingEncodedTwice(string[][] calls)
    {
        string[] again = [.. calls.SelectMany(call => call).Where(_encoded.Contains)];
        Assert.True(again.Length == 0, $"After kill {Killed} {again.Length} texts are encoded again.");
        foreach (string[] call in calls.SkipLast(2)) _encoded.UnionWith(call);
    }

    private void AssertTargetIsWholeOrMissing()
    {
        if (!System.IO.Directory.Exists(folder.Target)) return;
        using FSDirectory directory = FSDirectory.Open(folder.Target);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        Assert.True(reader.NumDocs >= shape.Documents / 2, "A part of the target can be seen.");
        Clean.Assert(folder.Target);
    }

    // Only what the complete target holds need not be encoded for the next one.
    private void RememberTarget()
    {
        using FSDirectory directory = FSDirectory.Open(folder.Source);
        using DirectoryReader reader = DirectoryReader.Open(directory);
        _encoded.Clear();
        _encoded.UnionWith(SpladeListing.TextsOf(reader, Migration.Body).OfType<string>().Select(RecordingEncoder.HashOf));
    }
}
