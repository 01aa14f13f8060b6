namespace Lucene.Net.Store;

// Reads through streams, where FSDirectory leaves the way of reading open.
public class SimpleFSDirectory : FSDirectory
{
    public SimpleFSDirectory(string path) : base(new DirectoryInfo(path))
    {
    }
}
