namespace Lucene.Net.Store;

// Somebody else is writing to the index.
public class LockObtainFailedException : IOException
{
    internal LockObtainFailedException(string message) : base(message)
    {
    }
}
