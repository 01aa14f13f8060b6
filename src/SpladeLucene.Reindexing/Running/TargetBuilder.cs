using System.Diagnostics;
using Lucene.Net.Index;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// The target in the making: the source's segments, each merged with its new fields into one. A commit says how many are
/// done. Owned by one thread.
/// </summary>
internal sealed class TargetBuilder : IDisposable
{
    // Small segments share a commit; what a killed run loses is merged again, and nothing is encoded for it.
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(3);

    private readonly Directory _directory;
    private readonly IndexWriter _writer;
    private readonly Checkpoint _begun;
    private long _committed = Stopwatch.GetTimestamp();
    private bool _finished;

    private TargetBuilder(Directory directory, IndexWriter writer, Checkpoint begun, int done) =>
        (_directory, _writer, _begun, SegmentsDone) = (directory, writer, begun, done);

    /// <summary>How many of the source's segments are in, from the first.</summary>
    public int SegmentsDone { get; private set; }

    /// <summary>Goes on with what is there, if it was made of the same state of the source; else begins.</summary>
    public static TargetBuilder Open(string folder, CheckpointIdentity identity, string sourceCommit)
    {
        int done = DoneIn(folder, identity, sourceCommit);
        if (done == 0) WorkingFolder.Remove(folder);
        Directory directory = IndexFolder.Open(folder);
        try
        {
            var writer = new IndexWriter(directory, WriterSettings.ForWhole(OpenMode.CREATE_OR_APPEND));
            return new TargetBuilder(directory, writer, new Checkpoint(identity, sourceCommit, 0, 0), done);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Adds a segment; null where it has no live documents.</summary>
    public void Add(IndexReader? merged)
    {
        if (merged is not null) _writer.AddIndexes(merged);
        SegmentsDone++;
        if (Stopwatch.GetElapsedTime(_committed) < CommitInterval) return;
        Commit((_begun with { Segments = SegmentsDone }).ToJson());
    }

    /// <summary>Commits for the last time.</summary>
    /// <param name="userData">What the commit says, given its mark.</param>
    /// <param name="documents">How many documents there must be.</param>
    public void Finish(Func<Checkpoint, IDictionary<string, string>> userData, long documents)
    {
        if (_writer.MaxDoc != documents)
            throw new InvalidOperationException($"{_writer.MaxDoc} of {documents} documents arrived in the new index.");
        FinalCommit.Write(_directory, _writer, generation =>
            userData(_begun with { Segments = SegmentsDone, Generation = generation }));
        _writer.Dispose();
        _finished = true;
    }

    public void Dispose()
    {
        if (!_finished) _writer.Rollback();
        _directory.Dispose();
    }

    private static int DoneIn(string folder, CheckpointIdentity identity, string sourceCommit)
    {
        if (!IndexFolder.Exists(folder)) return 0;
        try
        {
            using Directory directory = IndexFolder.Open(folder);
            using DirectoryReader reader = DirectoryReader.Open(directory);
            Checkpoint? mark = Checkpoint.Read(reader.IndexCommit.UserData);
            bool same = mark is not null && mark.Source == sourceCommit && !mark.Identity.DifferencesFrom(identity, "").Any();
            // A damaged one would never be read again before somebody searches it.
            bool intact = same && Integrity.ProblemIn(IndexFolder.SegmentsOf(reader), folder, default) is null;
            return intact ? mark!.Segments : 0;
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            // Whatever happened to it, it can be made again.
            return 0;
        }
    }

    private void Commit(string mark)
    {
        _writer.SetCommitData(new Dictionary<string, string>(StringComparer.Ordinal) { [Checkpoint.Key] = mark });
        _writer.Commit();
        _committed = Stopwatch.GetTimestamp();
    }
}
