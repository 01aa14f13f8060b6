using Lucene.Net.Index;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Running;

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
