namespace Lucene.Net.Index;

// A commit, as a reader shows it.
public abstract class IndexCommit
{
    private protected IndexCommit()
    {
    }

    public abstract IDictionary<string, string> UserData { get; }
}
