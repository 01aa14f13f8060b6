namespace Lucene.Net.Store;

// Reads through streams, where FSDirectory leaves the way of reading open.
public class NIOFSDirectory : FSDirectory
{
    public NIOFSDirectory(string path) : base(new DirectoryInfo(path))
    {
    }
}
