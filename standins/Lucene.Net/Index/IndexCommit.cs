namespace Lucene.Net.Index;

// A commit, as a reader shows it.
public abstract class IndexCommit
{
    private protected IndexCommit()
    {
    }

    // Counts the commits of an index.
    public abstract long Generation { get; }

    public abstract ICollection<string> FileNames { get; }

    public abstract IDictionary<string, string> UserData { get; }
}
