using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Reindexing.Source;
using SpladeLucene.Reindexing.State;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

/// <summary>Puts the complete index into the target's place, at one moment.</summary>
internal static class TargetPublisher
{
    /// <param name="made">The folder of the complete index.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="replaced">
    /// The commit of the index there, whose readers are to see the new one when they reopen; null where there is none.
    /// </param>
    /// <exception cref="ReindexRefusedException">
    /// A writer has the index open, or what is in the target's place is not what the run found there.
    /// </exception>
    public static void Publish(string made, string target, long? replaced)
    {
        if (replaced is { } generation) Replace(made, target, generation);
        else Move(made, target);
    }

    /// <exception cref="ReindexRefusedException">A writer has the index open.</exception>
    public static void RequireUnlocked(string target)
    {
        using Directory directory = IndexFolder.Open(target);
        if (IndexWriter.IsLocked(directory)) throw Locked(target);
    }

    private static void Move(string made, string target)
    {
        if (!IndexFolder.IsFree(target)) throw Changed(target, made);
        if (System.IO.Directory.Exists(target)) System.IO.Directory.Delete(target);
        System.IO.Directory.Move(made, target);
    }

    // Readers see the last commit until there is another one.
    private static void Replace(string made, string target, long replaced)
    {
        using Directory from = IndexFolder.Open(made);
        using Directory to = IndexFolder.Open(target);
        using IndexWriter writer = OpenWriter(to, target);
        try
        {
            // Until now it could be written to, for as long as the run took.
            if (FinalCommit.Generation(to) != replaced) throw Changed(target, made);
            writer.AddIndexes(from);
            IDictionary<string, string> data = UserDataIn(from);
            Checkpoint mark = Checkpoint.Read(data)!;
            FinalCommit.Write(to, writer, generation => new Dictionary<string, string>(data, StringComparer.Ordinal)
            {
                [Checkpoint.Key] = (mark with { Generation = generation }).ToJson(),
            });
        }
        catch
        {
            writer.Rollback();
            throw;
        }
    }

    private static IndexWriter OpenWriter(Directory directory, string target)
    {
        try
        {
            return new IndexWriter(directory, WriterSettings.ForWhole(OpenMode.CREATE));
        }
        catch (LockObtainFailedException)
        {
            throw Locked(target);
        }
    }

    private static IDictionary<string, string> UserDataIn(Directory directory)
    {
        using DirectoryReader reader = DirectoryReader.Open(directory);
        return reader.IndexCommit.UserData;
    }

    private static ReindexRefusedException Changed(string target, string made) => new(
        ReindexProblemKind.Target,
        $"The target '{target}' was changed while this run made the new index, and putting that in its place would undo "
            + $"the change. The new index is in '{made}'.");

    private static ReindexRefusedException Locked(string target) => new(
        ReindexProblemKind.InUse,
        $"The index in the target '{target}' is open in a writer, which has to be closed before it can catch up.");
}

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
