using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Puts the complete index into the target's place, at one moment.</summary>
internal static class TargetPublisher
{
    /// <summary>Where there is no target yet: the complete index becomes it.</summary>
    /// <param name="made">The folder of the complete index.</param>
    /// <param name="target">Where it goes.</param>
    /// <exception cref="ReindexRefusedException">Something is in the target's place by now.</exception>
    public static void Move(string made, string target)
    {
        if (!IndexFolder.IsFree(target)) throw Changed(target, made);
        if (System.IO.Directory.Exists(target)) System.IO.Directory.Delete(target);
        System.IO.Directory.Move(made, target);
    }

    /// <summary>
    /// Makes the target be as the source is, whose readers see the last commit until there is another one.
    /// </summary>
    /// <param name="made">The folder of an index of the segments that were written.</param>
    /// <param name="target">The target.</param>
    /// <param name="revision">What becomes of it.</param>
    /// <exception cref="ReindexRefusedException">
    /// A writer has the index open, or what is in the target's place is not what the run found there.
    /// </exception>
    public static void Revise(string made, string target, Revision revision)
    {
        using Directory from = IndexFolder.Open(made);
        using Directory to = IndexFolder.Open(target);
        using IndexWriter writer = OpenWriter(to, target, revision.Segments.Any(one => one.StaysInPlace));
        try
        {
            // Until now it could be written to, for as long as the run took.
            if (FinalCommit.Generation(to) != revision.Replaced) throw Changed(target, made);
            new TargetReviser(to, from, writer).Revise(revision.Segments);
            if (writer.NumDocs != revision.Documents)
                throw new InvalidOperationException($"{writer.NumDocs} of {revision.Documents} documents are in the new index.");
            string origins = TargetOrigins.Write(target, [.. revision.Segments.Select(one => one.Origin)]);
            FinalCommit.Write(to, writer, generation =>
                revision.UserData(revision.Mark with { Generation = generation, Origins = origins }));
            TargetOrigins.RemoveOthers(target, origins);
        }
        catch
        {
            writer.Rollback();
            throw;
        }
    }

    /// <exception cref="ReindexRefusedException">A writer has the index open.</exception>
    public static void RequireUnlocked(string target)
    {
        using Directory directory = IndexFolder.Open(target);
        if (IndexWriter.IsLocked(directory)) throw Locked(target);
    }

    // A writer that begins anew forgets of which kind the fields were, which a source that was built anew may have changed.
    private static IndexWriter OpenWriter(Directory directory, string target, bool keepsSegments)
    {
        try
        {
            return new IndexWriter(directory, WriterSettings.ForWhole(keepsSegments ? OpenMode.APPEND : OpenMode.CREATE));
        }
        catch (LockObtainFailedException)
        {
            throw Locked(target);
        }
    }

    private static ReindexRefusedException Changed(string target, string made) => new(
        ReindexProblemKind.Target,
        $"The target '{target}' was changed while this run made the new index, and putting that in its place would undo "
            + $"the change. The new index is in '{made}'.");

    private static ReindexRefusedException Locked(string target) => new(
        ReindexProblemKind.InUse,
        $"The index in the target '{target}' is open in a writer, which has to be closed before it can catch up.");
}

/// <summary>What a target becomes.</summary>
/// <param name="Replaced">The commit that the run found there.</param>
/// <param name="Segments">Its segments in their order.</param>
/// <param name="Documents">How many live documents there must be.</param>
/// <param name="Mark">What the commit says of itself, but for its generation.</param>
/// <param name="UserData">All that it says, given that.</param>
internal sealed record Revision(
    long Replaced, IReadOnlyList<RevisedSegment> Segments, long Documents, Checkpoint Mark,
    Func<Checkpoint, IDictionary<string, string>> UserData);

/// <summary>A commit whose user data names its own generation, so that every later commit shows.</summary>
internal static class FinalCommit
{
    private const int Attempts = 3;

    public static void Write(
        Directory directory, IndexWriter writer, Func<long, IDictionary<string, string>> userData)
    {
        long generation = Generation(directory) + 1;
        for (int i = 0; i < Attempts; i++)
        {
            writer.SetCommitData(userData(generation));
            writer.Commit();
            long written = Generation(directory);
            if (written == generation) return;
            // A commit that failed before may have taken a number.
            generation = written + 1;
        }

        throw new InvalidOperationException($"The index in {directory} is being committed to by somebody else.");
    }

    /// <summary>The generation of the last commit; 0 where there is none.</summary>
    public static long Generation(Directory directory)
    {
        if (!DirectoryReader.IndexExists(directory)) return 0;
        using DirectoryReader reader = DirectoryReader.Open(directory);
        return reader.IndexCommit.Generation;
    }
}
