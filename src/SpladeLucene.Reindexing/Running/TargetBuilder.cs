using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Util;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// The target in the making: the source's segments that are written, each merged with its new fields into one. A commit says how many are
/// done. Owned by one thread.
/// </summary>
internal sealed class TargetBuilder : IDisposable
{
    private readonly string _folder;
    private readonly Directory _directory;
    private readonly IndexWriter _writer;
    private readonly List<SegmentOrigin?> _origins;
    private readonly Checkpoint _begun;
    private readonly TimeSpan _commitInterval;
    private long _committed = Stopwatch.GetTimestamp();
    private bool _finished;

    private TargetBuilder(string folder, Directory directory, IndexWriter writer, Checkpoint begun, Done done, TimeSpan commitInterval)
    {
        (_folder, _directory, _writer, _begun, _commitInterval) = (folder, directory, writer, begun, commitInterval);
        (SegmentsDone, TextsFound, TextsMissing, _origins) = (done.Segments, done.Texts, done.Missing, [.. done.Origins]);
    }

    /// <summary>How many of the segments that are written are in, from the first.</summary>
    public int SegmentsDone { get; private set; }

    /// <summary>How many texts their documents have as an earlier run left them.</summary>
    public long TextsFound { get; }

    /// <summary>How many texts those are missing.</summary>
    public long TextsMissing { get; }

    /// <summary>Goes on with what is there, if it was made of the same segments of the source; else begins.</summary>
    public static TargetBuilder Open(string folder, CheckpointIdentity identity, string work, TimeSpan commitInterval, CancellationToken cancellation)
    {
        Done done = DoneIn(folder, identity, work, cancellation);
        if (done.Segments == 0) WorkingFolder.Remove(folder);
        Directory directory = IndexFolder.Open(folder);
        try
        {
            var writer = new IndexWriter(directory, WriterSettings.ForWhole(OpenMode.CREATE_OR_APPEND));
            return new TargetBuilder(folder, directory, writer, new Checkpoint(identity, work, 0, 0), done, commitInterval);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Adds a segment; null where it has no live documents.</summary>
    /// <param name="merged">The segment beside its new fields.</param>
    /// <param name="origin">What it was made of; null where that isn't known.</param>
    public void Add(IndexReader? merged, SegmentOrigin? origin)
    {
        if (merged is not null)
        {
            _writer.AddIndexes(merged);
            _origins.Add(origin);
        }

        SegmentsDone++;
    }

    /// <summary>Commits what was added, unless the last commit was a moment ago.</summary>
    public void CommitWhenDue()
    {
        if (Stopwatch.GetElapsedTime(_committed) < _commitInterval) return;
        string origins = TargetOrigins.Write(_folder, _origins);
        Commit((_begun with { Segments = SegmentsDone, Origins = origins }).ToJson());
        TargetOrigins.RemoveOthers(_folder, origins);
    }

    /// <summary>Commits for the last time.</summary>
    /// <param name="userData">What the commit says, given its mark.</param>
    /// <param name="documents">How many documents there must be.</param>
    /// <returns>The origins of its segments.</returns>
    public IReadOnlyList<SegmentOrigin?> Finish(Func<Checkpoint, IDictionary<string, string>> userData, long documents)
    {
        if (_writer.MaxDoc != documents)
            throw new InvalidOperationException($"{_writer.MaxDoc} of {documents} documents arrived in the new index.");
        string origins = TargetOrigins.Write(_folder, _origins);
        FinalCommit.Write(_directory, _writer, generation =>
            userData(_begun with { Segments = SegmentsDone, Generation = generation, Origins = origins }));
        TargetOrigins.RemoveOthers(_folder, origins);
        _writer.Dispose();
        _finished = true;
        return _origins;
    }

    public void Dispose()
    {
        if (!_finished) _writer.Rollback();
        _directory.Dispose();
    }

    private static Done DoneIn(string folder, CheckpointIdentity identity, string work, CancellationToken cancellation)
    {
        if (!IndexFolder.Exists(folder)) return Done.Nothing;
        try
        {
            using Directory directory = IndexFolder.Open(folder);
            CheckedFirst.RequireWhole(directory, folder, folder);
            using DirectoryReader reader = DirectoryReader.Open(directory);
            Checkpoint? mark = Checkpoint.Read(reader.IndexCommit.UserData);
            bool same = mark is not null && mark.Source == work && !mark.Identity.DifferencesFrom(identity, "").Any();
            // A damaged one would never be read again before somebody searches it.
            bool intact = same && Integrity.ProblemIn(IndexFolder.SegmentsOf(reader), folder, cancellation) is null;
            if (!intact) return Done.Nothing;
            long texts = identity.Fields.Sum(field => TextsIn(reader, field.ToMapping()));
            return new Done(
                mark!.Segments, OriginsIn(folder, mark, reader.Leaves.Count), texts,
                ((long)reader.MaxDoc * identity.Fields.Count) - texts);
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            // Whatever happened to it, it can be made again.
            return Done.Nothing;
        }
    }

    // A hash stands beside every vector.
    private static long TextsIn(DirectoryReader reader, ReindexMapping mapping) => reader.Leaves
        .Select(leaf => leaf.AtomicReader.GetDocsWithField(mapping.HashField)).OfType<IBits>()
        .Sum(has => Enumerable.Range(0, has.Length).LongCount(has.Get));

    private static IReadOnlyList<SegmentOrigin?> OriginsIn(string folder, Checkpoint mark, int segments) =>
        TargetOrigins.Read(folder, mark.Origins) is { } known && known.Count == segments ? known : new SegmentOrigin?[segments];

    private void Commit(string mark)
    {
        _writer.SetCommitData(new Dictionary<string, string>(StringComparer.Ordinal) { [Checkpoint.Key] = mark });
        _writer.Commit();
        _committed = Stopwatch.GetTimestamp();
    }

    /// <summary>What an ended run has left.</summary>
    private sealed record Done(int Segments, IReadOnlyList<SegmentOrigin?> Origins, long Texts, long Missing)
    {
        public static readonly Done Nothing = new(0, [], 0, 0);
    }
}
